import { Container, Link, Select, Skeleton } from '@backstage/ui';
import type { Anomaly } from '@waymark/plugin-costs-common';
import {
  DataTable,
  Failure,
  Mark,
  offsetOf,
  Pages,
  Panel,
  useAddress,
  type Column,
} from '@waymark/plugin-parts-react';
import { useAnomalies } from '../live/questions';
import { difference, magnitude, share } from '../money/decimal';
import { cents, money } from '../money/words';
import { Change } from '../parts/Change';
import { AnomalyDialog } from './AnomalyDialog';
import { Owners } from './Owners';
import {
  daysText,
  saidOf,
  servicesText,
  verdictOf,
  verdictWords,
} from './words';
import styles from './Anomalies.module.css';

const limit = 25;

const choices = [
  { value: 'open', label: 'Not explained' },
  { value: 'explained', label: 'Explained' },
  { value: 'muted', label: 'Muted' },
  { value: 'all', label: 'All' },
] as const;

const columnsWith = (hrefOf: (id: string) => string): Column<Anomaly>[] => [
  {
    title: 'Service',
    render: anomaly => (
      <span className={styles.what}>
        <Link href={hrefOf(anomaly.id)}>{servicesText(anomaly)}</Link>
        <span className={styles.small}>{daysText(anomaly)}</span>
      </span>
    ),
  },
  {
    title: 'Owner',
    render: ({ parts }) => <Owners parts={parts} />,
  },
  {
    title: 'Expected',
    isFigure: true,
    render: ({ expected, currency }) => (
      <span title={cents(expected, currency)}>{money(expected, currency)}</span>
    ),
  },
  {
    title: 'Came to',
    isFigure: true,
    render: ({ actual, currency }) => (
      <span title={cents(actual, currency)}>{money(actual, currency)}</span>
    ),
  },
  {
    title: 'Difference',
    isFigure: true,
    render: ({ actual, expected, currency }) => {
      const change = difference(actual, expected);
      return (
        <Change
          change={change}
          ratio={share(change, magnitude(expected))}
          currency={currency}
        />
      );
    },
  },
  {
    title: 'State',
    render: anomaly => (
      <span className={styles.what}>
        <span>
          <Mark {...verdictWords[verdictOf(anomaly)]} />
        </span>
        {saidOf(anomaly).map(({ id, reason }) => (
          <span key={id} className={styles.small}>
            {reason}
          </span>
        ))}
      </span>
    ),
  },
];

/** What stood out of what services cost their owners, newest first. */
export function AnomaliesPage() {
  const { params, change, hrefWith } = useAddress();
  const chosen =
    choices.find(({ value }) => value === params.get('verdict')) ?? choices[0];
  const offset = offsetOf(params.get('offset'));
  const { value, error, loading, refresh } = useAnomalies({
    ...(chosen.value === 'all' ? {} : { verdict: chosen.value }),
    limit,
    offset,
  });
  const opened = params.get('anomaly');
  return (
    <Container>
      <div className={styles.page}>
        <Panel
          title="Anomalies"
          lead="Days on which a service cost its owner far more, or far less, than its weekdays and the ends of months let expect. What began together, of one owner or of one service, is one. The owners hear of each."
          isBusy={loading}
          aside={
            <Select
              aria-label="Which"
              className={styles.filter}
              options={[...choices]}
              value={chosen.value}
              onChange={key =>
                change({ verdict: String(key), offset: undefined })
              }
            />
          }
        >
          {error && (
            <Failure
              title="The anomalies could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={240} />}
          {value && value.total === 0 && (
            <p className={styles.text}>
              {chosen.value === 'open'
                ? 'Nothing stands out that nobody explained. A service is judged once five weeks of it are billed, and what was just billed within a quarter of an hour.'
                : 'There is none of these.'}
            </p>
          )}
          {value && value.total > 0 && (
            <>
              <DataTable
                label="Anomalies"
                columns={columnsWith(id => hrefWith({ anomaly: id }))}
                rows={value.items}
                keyOf={({ id }) => id}
              />
              <Pages
                of="anomalies"
                offset={offset}
                limit={limit}
                total={value.total}
                onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
              />
            </>
          )}
        </Panel>
        {opened && (
          <AnomalyDialog
            key={opened}
            id={opened}
            onChanged={refresh}
            onClose={() => change({ anomaly: undefined })}
          />
        )}
      </div>
    </Container>
  );
}
