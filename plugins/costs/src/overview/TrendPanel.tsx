import { Select, Skeleton, ToggleButton } from '@backstage/ui';
import { Panel, type Column, DataTable } from '@waymark/plugin-parts-react';
import { lazy, Suspense, useState } from 'react';
import { atMost, coloured, seriesOf, sumOn } from '../charts/stack';
import { cents, exactMoney } from '../money/words';
import {
  daysOf,
  firstDay,
  monthTitle,
  shortMonth,
  type Month,
} from '../view/months';
import type { Viewed } from '../view/useView';
import type { Scope } from '../view/view';
import { dimensionTitle } from '../words/dimensions';
import { measureWords } from '../words/measures';
import { waysOf } from './levels';
import type { Trend } from './useOverview';
import styles from './Overview.module.css';

const StackedChart = lazy(() =>
  import('../charts/StackedChart').then(module => ({
    default: module.StackedChart,
  })),
);

/** Thirteen months in bands, or as the table behind them. */
export function TrendPanel(props: {
  viewed: Viewed;
  scope: Scope | undefined;
  by: string;
  trend: Trend;
  currency: string;
  month: Month;
}) {
  const { viewed, scope, by, trend, currency, month } = props;
  const { view, change } = viewed;
  const [isTable, setTable] = useState(false);
  if (!trend.answer) return null;
  const series = atMost(seriesOf(trend.answer, currency), coloured);
  const points = trend.months.map(one => ({
    date: firstDay(one),
    title: shortMonth(one),
  }));
  const columns: Column<{ date: string }>[] = [
    { title: 'Month', render: ({ date }) => monthTitle(date.slice(0, 7)) },
    {
      title: measureWords[view.measure].title,
      isFigure: true,
      render: ({ date }) => {
        const amount = sumOn(series, date);
        return (
          <span title={exactMoney(amount, currency)}>
            {cents(amount, currency)}
          </span>
        );
      },
    },
  ];

  return (
    <Panel
      title="Month by month"
      isBusy={trend.live.loading}
      aside={
        <>
          <Select
            aria-label="In bands of"
            className={styles.by}
            options={waysOf(scope).map(way => ({
              value: way,
              label: `By ${dimensionTitle(way).toLowerCase()}`,
            }))}
            value={by}
            onChange={key => change({ by: String(key) })}
          />
          <ToggleButton isSelected={isTable} onChange={setTable}>
            As a table
          </ToggleButton>
        </>
      }
    >
      {isTable ? (
        <DataTable
          label="Month by month"
          columns={columns}
          rows={points}
          keyOf={({ date }) => date}
        />
      ) : (
        <div className={styles.chart}>
          <Suspense fallback={<Skeleton width="100%" height="100%" />}>
            <StackedChart
              series={series}
              points={points}
              currency={currency}
              title={`${measureWords[view.measure].title} cost of ${
                points.length
              } months up to ${monthTitle(
                trend.months[trend.months.length - 1],
              )}; ${monthTitle(month)} came to ${cents(
                sumOn(series, daysOf(month).from),
                currency,
              )}`}
              onChoose={date => change({ month: date.slice(0, 7) })}
            />
          </Suspense>
        </div>
      )}
    </Panel>
  );
}
