import type { ReactNode } from 'react';
import styles from './NothingKnown.module.css';

/**
 * Says that nothing is known, that this is not zero, and what to do about it.
 *
 * @param props.children - the ways out, each a `li`
 */
export function NothingKnown(props: {
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.nothing}>
      <p className={styles.title}>{props.title}</p>
      <p className={styles.text}>{props.text}</p>
      <ul className={styles.ways}>{props.children}</ul>
    </div>
  );
}
