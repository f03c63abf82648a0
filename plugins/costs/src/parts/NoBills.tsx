import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import { useSeesAll } from './useSeesAll';
import { allocationDocs, importDocs } from './docs';
import styles from './NoBills.module.css';

/** Says that nothing is known, that this is not zero, and what to do about it. */
export function NoBills(props: { title: string; children?: ReactNode }) {
  const seesAll = useSeesAll();
  return (
    <div className={styles.nothing}>
      <p className={styles.title}>{props.title}</p>
      <p className={styles.text}>
        {props.children ??
          (seesAll === false
            ? 'You see what your own groups spend; nothing of this is theirs.'
            : 'This is not zero: no bill has told the portal anything here.')}
      </p>
      <ul className={styles.ways}>
        <li>
          <Link href={importDocs}>Bring in the bills</Link> of AWS, Azure,
          Google Cloud or anybody who writes FOCUS, as files.
        </li>
        <li>
          <Link href={allocationDocs}>Read whose a charge is</Link>: one that
          has no owner stands in the overview alone.
        </li>
      </ul>
    </div>
  );
}
