import { Skeleton } from '@backstage/ui';
import type { Measure, TotalsAnswer } from '@waymark/plugin-costs-common';
import { Panel } from '@waymark/plugin-parts-react';
import { lazy, Suspense } from 'react';
import { Swatch } from '../charts/Swatch';
import { seriesOf, sumOn, type Series } from '../charts/stack';
import { difference, magnitude, share, signOf } from '../money/decimal';
import { cents, exactMoney, money } from '../money/words';
import { Change } from '../parts/Change';
import {
  addMonths,
  firstDay,
  monthName,
  monthTitle,
  shortMonth,
  type Month,
} from '../view/months';
import { measureWords } from '../words/measures';
import { signalNames } from './useSignals';
import styles from './Observability.module.css';

const StackedChart = lazy(() =>
  import('../charts/StackedChart').then(module => ({
    default: module.StackedChart,
  })),
);

/** Each signal in its place and colour, however much of it there is. */
const inOrder = (series: Series[]): Series[] =>
  signalNames.flatMap((name, colour) =>
    series.filter(({ key }) => key === name).map(one => ({ ...one, colour })),
  );

/** What each signal costs: of a month, and month by month. */
export function SignalTrend(props: {
  signals: {
    answer: TotalsAnswer;
    currency: string;
    month: Month;
    months: Month[];
  };
  measure: Measure;
  isBusy: boolean;
  onChoose: (month: Month) => void;
}) {
  const { signals, measure, isBusy, onChoose } = props;
  const { answer, currency, month, months } = signals;
  const series = inOrder(seriesOf(answer, currency));
  const now = firstDay(month);
  const before = firstDay(addMonths(month, -1));
  const whole = sumOn(series, now);
  return (
    <Panel
      title="Logs, metrics and traces"
      lead={`${money(whole, currency)} in ${monthTitle(month)}. ${
        measureWords[measure].lead
      }`}
      isBusy={isBusy}
    >
      <dl className={styles.tiles}>
        {series.map(({ id, title, colour, parts }) => {
          const amount = parts.get(now) ?? '0';
          const was = parts.get(before) ?? '0';
          return (
            <div key={id} className={styles.tile}>
              <dt>
                <Swatch colour={colour} /> {title}
              </dt>
              <dd>
                <span
                  className={styles.figure}
                  title={exactMoney(amount, currency)}
                >
                  {money(amount, currency)}
                </span>
                {signOf(was) !== 0 && (
                  <span className={styles.beside}>
                    <Change
                      change={difference(amount, was)}
                      ratio={share(difference(amount, was), magnitude(was))}
                      currency={currency}
                    />
                    <span>beside {monthName(addMonths(month, -1))}</span>
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <div className={styles.chart}>
        <Suspense fallback={<Skeleton width="100%" height="100%" />}>
          <StackedChart
            series={series}
            points={months.map(one => ({
              date: firstDay(one),
              title: shortMonth(one),
            }))}
            currency={currency}
            title={`Cost of logs, metrics and traces of ${
              months.length
            } months; ${monthTitle(month)} came to ${cents(whole, currency)}`}
            onChoose={date => onChoose(date.slice(0, 7))}
          />
        </Suspense>
      </div>
    </Panel>
  );
}
