import type { ReactNode } from 'react';
import { fieldId } from './focusField';
import styles from './Form.module.css';

/** The box around a field, so that it can be found, with what is wrong with it. */
export function Field(props: {
  path: string;
  /** What is wrong, once it is time to say so. */
  problem?: string;
  children: ReactNode;
}) {
  const { path, problem, children } = props;
  return (
    <div id={fieldId(path)} className={styles.field}>
      {children}
      {problem && (
        <p className={styles.problem} id={`${fieldId(path)}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
