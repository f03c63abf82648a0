import { type Address, useAddress } from '@waymark/plugin-parts-react';
import { useMemo } from 'react';
import { readView, type View } from './view';

/** What the address says, and ways to change it. */
export type Viewed = Address & { view: View };

/**
 * The view that the address holds.
 *
 * @param entityRef - the part that the page is about, whatever the address says
 */
export function useView(entityRef?: string): Viewed {
  const address = useAddress();
  const text = address.params.toString();
  const view = useMemo(() => {
    const read = readView(new URLSearchParams(text));
    return entityRef ? { ...read, entityRef } : read;
  }, [text, entityRef]);
  return { ...address, view };
}
