import type { Bill } from '@waymark/plugin-costs-common';
import { Button, Link } from '@backstage/ui';
import { DataTable, type Column } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { exactMoney } from '../money/words';
import { monthTitle } from '../view/months';
import styles from './Imports.module.css';

/** How many are shown before somebody asks for all. */
const first = 12;

const columnsWith = (hrefOf: (id: string) => string): Column<Bill>[] => [
  {
    title: 'Billing period',
    render: ({ billingPeriodStart }) =>
      monthTitle(billingPeriodStart.slice(0, 7)),
  },
  { title: 'Source', render: ({ source }) => source },
  {
    title: 'Billed',
    isFigure: true,
    render: ({ totals, currency }) => (
      <strong>{exactMoney(totals.BilledCost, currency)}</strong>
    ),
  },
  {
    title: 'Effective',
    isFigure: true,
    render: ({ totals, currency }) =>
      exactMoney(totals.EffectiveCost, currency),
  },
  {
    title: 'Rows',
    isFigure: true,
    render: ({ rows }) => new Intl.NumberFormat('en').format(rows),
  },
  {
    title: 'By the file',
    render: ({ filename, importId }) => (
      <Link href={hrefOf(importId)}>{filename}</Link>
    ),
  },
];

/** What each source said of each billing period, to be laid beside the invoice. */
export function BillTable(props: {
  bills: Bill[];
  /** Where the import is that brought it. */
  hrefOf: (id: string) => string;
}) {
  const { bills, hrefOf } = props;
  const [isAll, setAll] = useState(false);
  const shown = isAll ? bills : bills.slice(0, first);
  return (
    <>
      <DataTable
        label="Bills that count"
        columns={columnsWith(hrefOf)}
        rows={shown}
        keyOf={({ source, billingPeriodStart, currency }) =>
          `${source} ${billingPeriodStart} ${currency}`
        }
      />
      {shown.length < bills.length && (
        <Button
          size="small"
          variant="secondary"
          className={styles.more}
          onPress={() => setAll(true)}
        >
          {`All ${bills.length}`}
        </Button>
      )}
    </>
  );
}
