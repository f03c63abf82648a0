import { type Address, useAddress } from '@waymark/plugin-parts-react';
import { useMemo } from 'react';
import { readView, type View } from './view';

/** What the address says, and ways to change it. */
export type Viewed = Address & { view: View };

/** The view that the address holds. */
export function useView(): Viewed {
  const address = useAddress();
  const text = address.params.toString();
  const view = useMemo(() => readView(new URLSearchParams(text)), [text]);
  return { ...address, view };
}
