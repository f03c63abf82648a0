import { useApi } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { Failure, Panel, useLive } from '@waymark/plugin-parts-react';
import { useCallback, useState, type CSSProperties } from 'react';
import { billApiRef } from './BillApi';
import styles from './CostPanel.module.css';
import {
  amountOf,
  estimateText,
  lastMonths,
  monthsOf,
  verdictOf,
  type BilledMonth,
} from './months';

/** The channel on which the portal says that costs changed. */
const changedChannel = 'costs:changed';

/** How many months are looked at. */
const looked = 6;

const monthTitle = (date: string) =>
  new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));

function Months(props: {
  months: BilledMonth[];
  estimate: ResourceDetail['monthlyCost'];
}) {
  const { months, estimate } = props;
  const longest = Math.max(
    estimate?.high ?? 0,
    ...months.map(({ amount }) => amount),
  );
  const share = (amount: number) =>
    longest > 0 ? `${Math.max(0, amount / longest) * 100}%` : '0%';
  return (
    <ol className={styles.months} aria-label="Billed by month">
      {months.map(month => {
        const { text, tone } = verdictOf(month, estimate);
        return (
          <li key={`${month.date} ${month.currency}`} className={styles.month}>
            <span>{monthTitle(month.date)}</span>
            <strong>{amountOf(month)}</strong>
            <div className={styles.track}>
              {estimate && (
                <div
                  className={styles.estimate}
                  style={
                    {
                      '--low': share(estimate.low),
                      '--high': share(estimate.high),
                    } as CSSProperties
                  }
                />
              )}
              <div
                className={styles.fill}
                data-tone={tone}
                style={{ '--share': share(month.amount) } as CSSProperties}
              />
            </div>
            <span className={styles.verdict}>{text}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What a resource was estimated to cost when it was approved, beside what bills say since. */
export function CostPanel({ resource }: { resource: ResourceDetail }) {
  const { createdAt, entityRef, monthlyCost } = resource;
  const bill = useApi(billApiRef);
  const entityLink = useEntityRefLink();
  const [now] = useState(() => new Date());
  const ask = useCallback(
    (signal: AbortSignal) =>
      bill.used({ entityRef, ...lastMonths(now, looked) }, { signal }),
    [bill, entityRef, now],
  );
  const { value, error, loading, refresh } = useLive(ask, changedChannel);
  const months = value ? monthsOf(value, createdAt, now) : [];
  return (
    <Panel title="Cost" isBusy={loading}>
      {monthlyCost ? (
        <>
          <p className={styles.price}>{estimateText(monthlyCost)}</p>
          <p className={styles.note}>
            As estimated when it was approved. The request shows each line.
          </p>
        </>
      ) : (
        <p className={styles.note}>What it costs was never estimated.</p>
      )}
      <h3 className={styles.heading}>What bills say</h3>
      {error && (
        <Failure
          title="The bills could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={48} />}
      {value && months.length === 0 && (
        <p className={styles.note}>
          No bill names it yet, or it is not your team’s. Bills come days after
          the use; they find it by its tag request-id.
        </p>
      )}
      {months.length > 0 && (
        <>
          <Months months={months} estimate={monthlyCost} />
          <p className={styles.note}>
            Effective cost.{' '}
            <Link href={`${entityLink(entityRef)}/costs`}>All its costs</Link>
          </p>
        </>
      )}
    </Panel>
  );
}
