import { Link } from '@backstage/ui';
import { NothingKnown } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import { allocationDocs, importDocs } from './docs';
import { useSeesAll } from './useSeesAll';

/** Says that no bill is known here, and what to do about it. */
export function NoBills(props: { title: string; children?: ReactNode }) {
  const seesAll = useSeesAll();
  const text =
    seesAll === false
      ? 'You see what your own groups spend; nothing of this is theirs.'
      : 'This is not zero: no bill has told the portal anything here.';
  return (
    <NothingKnown title={props.title} text={props.children ?? text}>
      <li>
        <Link href={importDocs}>Bring in the bills</Link> of AWS, Azure, Google
        Cloud or anybody who writes FOCUS, as files.
      </li>
      <li>
        <Link href={allocationDocs}>Read whose a charge is</Link>: one that has
        no owner stands in the overview alone.
      </li>
    </NothingKnown>
  );
}
