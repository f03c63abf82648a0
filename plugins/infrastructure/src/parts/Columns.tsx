import type { ReactNode } from 'react';
import styles from './Columns.module.css';

/**
 * Panels in two columns where there is room, and in one where there is not.
 * There they stand in the order in which they are read, and in which keys and
 * screen readers come to them: what is `beside` stands in the middle.
 */
export function Columns(props: {
  before: ReactNode;
  /** The narrow column. */
  beside: ReactNode;
  /** Below what is before. */
  after: ReactNode;
}) {
  return (
    <div className={styles.columns}>
      <div className={styles.column}>{props.before}</div>
      <div className={`${styles.column} ${styles.beside}`}>{props.beside}</div>
      <div className={styles.column}>{props.after}</div>
    </div>
  );
}
