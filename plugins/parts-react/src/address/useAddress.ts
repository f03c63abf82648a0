import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

/** What the address says, and ways to change it. */
export type Address = {
  params: URLSearchParams;
  /** Goes to the same page with some parameters changed; undefined removes one. */
  change: (changes: Record<string, string | undefined>) => void;
  /** The address that `change` would lead to, for links. */
  hrefWith: (changes: Record<string, string | undefined>) => string;
};

/** The parameters with some changed; undefined and empty ones are removed. */
export function withParams(
  params: URLSearchParams,
  changes: Record<string, string | undefined>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** Filters, tabs and pages as the address holds them. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const text = params.toString();

  const change = useCallback<Address['change']>(
    changes =>
      setParams(current => withParams(current, changes), {
        preventScrollReset: true,
      }),
    [setParams],
  );
  const hrefWith = useCallback<Address['hrefWith']>(
    changes => {
      const next = withParams(new URLSearchParams(text), changes).toString();
      return next ? `${pathname}?${next}` : pathname;
    },
    [pathname, text],
  );
  return { params, change, hrefWith };
}
