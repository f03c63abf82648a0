import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { readView, withParams, type View } from './view';

/** What the address says, and ways to change it. */
export type Viewed = {
  view: View;
  params: URLSearchParams;
  /** Goes to the same page with some parameters changed; undefined removes one. */
  change: (changes: Record<string, string | undefined>) => void;
  /** The address that `change` would lead to, for links. */
  hrefWith: (changes: Record<string, string | undefined>) => string;
};

/**
 * The view that the address holds.
 *
 * @param entityRef - the part that the page is about, whatever the address says
 */
export function useView(entityRef?: string): Viewed {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const text = params.toString();

  const view = useMemo(() => {
    const read = readView(new URLSearchParams(text));
    return entityRef ? { ...read, entityRef } : read;
  }, [text, entityRef]);
  const change = useCallback<Viewed['change']>(
    changes =>
      setParams(current => withParams(current, changes), {
        preventScrollReset: true,
      }),
    [setParams],
  );
  const hrefWith = useCallback<Viewed['hrefWith']>(
    changes => {
      const next = withParams(new URLSearchParams(text), changes).toString();
      return next ? `${pathname}?${next}` : pathname;
    },
    [pathname, text],
  );
  return { view, params, change, hrefWith };
}
