import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

/** A column: what stands at its head and in each of its cells. */
export type Column<T> = {
  title: string;
  render: (row: T) => ReactNode;
  /** Figures stand under each other. */
  isFigure?: boolean;
};

/**
 * Rows under headings; where it is narrow, each row becomes a block of its own
 * with the headings beside the values. The roles say what the boxes no longer
 * show then.
 */
export function DataTable<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T, index: number) => string;
}) {
  const { label, columns, rows, keyOf } = props;
  const [first, ...others] = columns;
  return (
    <div className={styles.frame}>
      <div role="table" aria-label={label} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" className={styles.row}>
            {columns.map(({ title, isFigure }) => (
              <div
                key={title}
                role="columnheader"
                className={styles.heading}
                data-figure={isFigure || undefined}
              >
                {title}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body}>
          {rows.map((row, index) => (
            <div key={keyOf(row, index)} role="row" className={styles.row}>
              <div role="rowheader" className={styles.cell}>
                {first.render(row)}
              </div>
              {others.map(({ title, render, isFigure }) => (
                <div
                  key={title}
                  role="cell"
                  className={styles.cell}
                  data-title={title}
                  data-figure={isFigure || undefined}
                >
                  {render(row)}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
