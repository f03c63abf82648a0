import type { Outlook } from '@waymark/plugin-costs-common';
import { Skeleton } from '@backstage/ui';
import { dateText, Failure, Panel } from '@waymark/plugin-parts-react';
import { lazy, Suspense } from 'react';
import { useForecast } from '../live/questions';
import { exactMoney, money, percent } from '../money/words';
import type { Looked } from '../overview/MonthCosts';
import { monthName } from '../view/months';
import { filterOf } from '../view/view';
import { measureWords } from '../words/measures';
import styles from './Outlook.module.css';

const OutlookChart = lazy(() =>
  import('./OutlookChart').then(module => ({ default: module.OutlookChart })),
);

function rangeText({ low, high, coverage }: Outlook, currency: string): string {
  if (low === null || high === null || coverage === undefined) return '';
  return `${money(low, currency)} to ${money(high, currency)}, ${percent(
    coverage,
  )} sure`;
}

function Figure(props: { title: string; outlook: Outlook; currency: string }) {
  const { title, outlook, currency } = props;
  const { state, expected, known, reason } = outlook;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {state === 'insufficient' ? (
          <>
            <span className={styles.figure}>Not enough history</span>
            <span className={styles.words}>{reason}</span>
          </>
        ) : (
          <>
            <span
              className={styles.figure}
              title={expected ? undefined : exactMoney(known, currency)}
            >
              {money(expected ?? known, currency)}
            </span>
            <span className={styles.words}>
              {state === 'complete'
                ? 'all of it is billed'
                : rangeText(outlook, currency)}
            </span>
          </>
        )}
      </dd>
    </div>
  );
}

/** What the running month and quarter are expected to come to. */
export function OutlookPanel({ looked }: { looked: Looked }) {
  const { viewed, scope, currency } = looked;
  const { measure } = viewed.view;
  const { value, error, loading, refresh } = useForecast({
    measure,
    ...filterOf(scope),
  });
  const found = value?.items.find(item => item.currency === currency);
  const quarter =
    found && `Q${Math.ceil(Number(found.quarter.from.slice(5, 7)) / 3)}`;
  const month = found && monthName(found.month.from.slice(0, 7));
  return (
    <Panel
      title="Where it ends"
      lead={
        found
          ? `${
              measureWords[measure].title
            } cost. Everything is billed until ${dateText(
              found.knownThrough,
              'UTC',
            )}; the rest is expected from what days of the week and ends of months had.`
          : undefined
      }
      isBusy={loading}
    >
      {error && (
        <Failure
          title="The forecast could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={240} />}
      {value && !found && (
        <p className={styles.words}>
          {`No charge in ${currency} is known of the last months: nothing can be said of what comes.`}
        </p>
      )}
      {found && (
        <>
          <dl className={styles.figures}>
            <Figure
              title={`By the end of ${month}`}
              outlook={found.month}
              currency={currency}
            />
            <Figure
              title={`By the end of ${quarter}`}
              outlook={found.quarter}
              currency={currency}
            />
          </dl>
          {found.month.state === 'forecast' && (
            <div className={styles.chart}>
              <Suspense fallback={<Skeleton width="100%" height="100%" />}>
                <OutlookChart
                  outlook={found.month}
                  currency={currency}
                  title={`How ${month} adds up: ${money(
                    found.month.known,
                    currency,
                  )} billed, ${money(
                    found.month.expected ?? found.month.known,
                    currency,
                  )} expected by its end`}
                />
              </Suspense>
            </div>
          )}
        </>
      )}
    </Panel>
  );
}
