import type { Import } from '@waymark/plugin-costs-common';
import { Link } from '@backstage/ui';
import {
  DataTable,
  Mark,
  timeText,
  type Column,
} from '@waymark/plugin-parts-react';
import { monthTitle } from '../view/months';
import { progressText, sizeText, stateWords } from '../words/imports';
import styles from './Imports.module.css';

/** The billing periods of a file in words. */
function periodsText({ report }: Import): string {
  const months = [
    ...new Set(
      (report?.periods ?? []).map(({ billingPeriodStart }) =>
        billingPeriodStart.slice(0, 7),
      ),
    ),
  ].sort();
  if (months.length <= 2) return months.map(monthTitle).join(' and ');
  return `${monthTitle(months[0])} to ${monthTitle(months[months.length - 1])}`;
}

/** Files that came in. */
export function ImportTable(props: {
  imports: Import[];
  hrefOf: (id: string) => string;
}) {
  const { imports, hrefOf } = props;
  const columns: Column<Import>[] = [
    {
      title: 'File',
      render: one => <Link href={hrefOf(one.id)}>{one.filename}</Link>,
    },
    { title: 'Source', render: ({ source }) => source },
    {
      title: 'State',
      render: ({ state, progress }) => (
        <>
          <Mark {...stateWords[state]} />
          {progress && (
            <span className={styles.step}>{progressText(progress)}</span>
          )}
        </>
      ),
    },
    { title: 'Billing period', render: periodsText },
    {
      title: 'Rows',
      isFigure: true,
      render: ({ report }) =>
        report && new Intl.NumberFormat('en').format(report.rows),
    },
    {
      title: 'Size',
      isFigure: true,
      render: ({ bytes }) => sizeText(bytes),
    },
    { title: 'Came in', render: ({ createdAt }) => timeText(createdAt) },
  ];
  return (
    <DataTable
      label="Imports"
      columns={columns}
      rows={imports}
      keyOf={({ id }) => id}
    />
  );
}
