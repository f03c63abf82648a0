import type { CountedPeriod } from '@waymark/plugin-costs-common';
import { DataTable } from '@waymark/plugin-parts-react';
import { exactMoney } from '../money/words';
import { monthTitle } from '../view/months';

/** What of a file counts, or did, by billing period. */
export function CountedTable(props: {
  label: string;
  periods: CountedPeriod[];
}) {
  const { label, periods } = props;
  return (
    <DataTable
      label={label}
      columns={[
        {
          title: 'Billing period',
          render: ({ billingPeriodStart }) =>
            monthTitle(billingPeriodStart.slice(0, 7)),
        },
        {
          title: 'Rows',
          isFigure: true,
          render: ({ rows }) => new Intl.NumberFormat('en').format(rows),
        },
        {
          title: 'Billed',
          isFigure: true,
          render: ({ totals, currency }) =>
            exactMoney(totals.BilledCost, currency),
        },
        {
          title: 'Effective',
          isFigure: true,
          render: ({ totals, currency }) =>
            exactMoney(totals.EffectiveCost, currency),
        },
      ]}
      rows={periods}
      keyOf={({ billingPeriodStart, currency }) =>
        `${billingPeriodStart} ${currency}`
      }
    />
  );
}
