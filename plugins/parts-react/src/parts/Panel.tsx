import { Box } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Panel.module.css';

/** A part of a page under its own heading. */
export function Panel(props: {
  title: string;
  /** What the part is for, in a sentence. */
  lead?: ReactNode;
  /** Links and switches beside the heading. */
  aside?: ReactNode;
  isBusy?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.panel}
      aria-labelledby={id}
      aria-busy={props.isBusy}
    >
      <div className={styles.head}>
        <div>
          <h2 id={id} className={styles.title}>
            {props.title}
          </h2>
          {props.lead && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.aside && <div className={styles.aside}>{props.aside}</div>}
      </div>
      {props.children}
    </Box>
  );
}
