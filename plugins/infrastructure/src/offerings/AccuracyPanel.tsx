import { Skeleton } from '@backstage/ui';
import type {
  EstimateSuggestion,
  OfferingAccuracy,
} from '@waymark/plugin-infrastructure-common';
import { count, DataTable, Failure, Panel } from '@waymark/plugin-parts-react';
import { useAccuracy } from '../live/questions';
import { money, moneyRange } from '../words/money';
import styles from './Accuracy.module.css';

const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 0,
});

/** How far bills are from estimates: "20% above", "as estimated". */
function errorText(error: number): string {
  if (Math.abs(error) < 0.005) return 'as estimated';
  return `${percent.format(Math.abs(error))} ${error > 0 ? 'above' : 'below'}`;
}

const monthText = (from: string) =>
  new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${from}T00:00:00Z`));

const factors = ({ low, high }: EstimateSuggestion['now']) =>
  `${low} to ${high}`;

function Suggestions({ accuracy }: { accuracy: OfferingAccuracy }) {
  const { suggestions, error } = accuracy;
  if (!error) return null;
  if (suggestions.length === 0) {
    return (
      <p className={styles.text}>
        {Math.abs(error.median) > 0.1
          ? 'Another use than what is assumed would not explain it: look at the prices in the price book.'
          : 'There is nothing to assume otherwise.'}
      </p>
    );
  }
  return (
    <>
      <h3 className={styles.heading}>What to assume instead</h3>
      <ul className={styles.list}>
        {suggestions.map(({ title, assumption, now, instead }) => (
          <li key={title}>
            <strong>{title}</strong>
            {`: ${factors(instead)} instead of ${factors(now)} (${assumption})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Measured({ accuracy }: { accuracy: OfferingAccuracy }) {
  const { error, resources, from } = accuracy;
  if (!error) return <p className={styles.text}>{accuracy.reason}</p>;
  return (
    <>
      <p className={styles.figure}>{errorText(error.median)}</p>
      <p className={styles.text}>
        {`Bills of ${monthText(
          from,
        )} beside the middle of the estimates, in the middle of ${count(
          resources.length,
          'resource',
        )}; half of them are between ${errorText(error.low)} and ${errorText(
          error.high,
        )}. ${error.within} were within their estimate.`}
      </p>
      <Suggestions accuracy={accuracy} />
      <details className={styles.rows}>
        <summary>Each of them</summary>
        <DataTable
          label="Estimates beside bills"
          rows={resources}
          keyOf={({ resourceId }) => resourceId}
          columns={[
            {
              title: 'Resource',
              render: ({ name, environment }) => `${name}, ${environment}`,
            },
            {
              title: 'Estimated',
              isFigure: true,
              render: ({ estimate }) => moneyRange(estimate),
            },
            {
              title: 'Billed',
              isFigure: true,
              render: ({ billed }) => money(billed),
            },
          ]}
        />
      </details>
    </>
  );
}

/** How right the estimates of an offering were, and what its price book could assume instead. */
export function AccuracyPanel({ name }: { name: string }) {
  const { value, error, loading, refresh } = useAccuracy(name);
  return (
    <Panel title="How right its estimates were" isBusy={loading}>
      {error && (
        <Failure
          title="The estimates could not be compared"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && <Measured accuracy={value} />}
    </Panel>
  );
}
