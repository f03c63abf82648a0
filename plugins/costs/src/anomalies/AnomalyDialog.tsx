import { Link, Skeleton } from '@backstage/ui';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  type AnomalyDetail,
  type AnomalyPart,
  filterText,
} from '@waymark/plugin-costs-common';
import {
  count,
  DataTable,
  dateText,
  EntityName,
  Mark,
} from '@waymark/plugin-parts-react';
import { lazy, Suspense } from 'react';
import { lineColumns } from '../changes/ChangeLinesTable';
import { useAnomaly } from '../live/questions';
import { difference } from '../money/decimal';
import { money, moneyChange } from '../money/words';
import { DetailDialog } from '../parts/DetailDialog';
import { explorerRouteRef } from '../routes';
import { PartsTable } from './PartsTable';
import { VerdictForm } from './VerdictForm';
import {
  daysText,
  ownersText,
  saidOf,
  servicesText,
  verdictOf,
  verdictWords,
} from './words';
import styles from './Anomalies.module.css';

const DaysChart = lazy(() =>
  import('./DaysChart').then(module => ({ default: module.DaysChart })),
);

const distinct = (names: string[]) => [...new Set(names)];

/** The groups whose charges explain it; none where some are shared or nobody's, as those are of all charges of the service. */
const groupsOf = (parts: AnomalyPart[]) =>
  parts.every(({ groupRef }) => groupRef !== null)
    ? distinct(parts.map(({ groupRef }) => groupRef ?? ''))
    : [];

function Said({ part }: { part: AnomalyPart }) {
  const { reason, judgedBy, judgedAt, mutedUntil } = part;
  return (
    <p className={styles.text}>
      {`“${reason}” `}
      {judgedBy && <EntityName entityRef={judgedBy} />}
      {judgedAt && `, ${dateText(judgedAt)}`}
      {mutedUntil && `; muted until ${dateText(mutedUntil, 'UTC')}`}.
    </p>
  );
}

function Detail(props: { anomaly: AnomalyDetail; onChanged: () => void }) {
  const { anomaly, onChanged } = props;
  const { currency, expected, actual, parts, causes } = anomaly;
  const explorer = useRouteRef(explorerRouteRef)?.() ?? '';
  const left = anomaly.others.at(0);
  const query = new URLSearchParams({
    period: 'custom',
    first: anomaly.days.at(0)?.date ?? anomaly.first,
    last: anomaly.last,
    groupBy: 'ResourceName',
    filter: filterText([
      ...distinct(parts.map(({ service }) => service)).map(value => ({
        name: 'ServiceName',
        value,
      })),
      ...groupsOf(parts).map(value => ({ name: 'group', value })),
    ]),
  });
  return (
    <div className={styles.stack}>
      <div>
        <Mark {...verdictWords[verdictOf(anomaly)]} />
      </div>
      <p className={styles.text}>
        {`${daysText(anomaly)} came to ${money(
          actual,
          currency,
        )}. From the days before, their weekdays and the ends of months, ${money(
          expected,
          currency,
        )} was to be expected: ${moneyChange(
          difference(actual, expected),
          currency,
        )}, effective cost.`}
      </p>
      {saidOf(anomaly).map(part => (
        <Said key={part.id} part={part} />
      ))}
      <div className={styles.chart}>
        <Suspense fallback={<Skeleton width="100%" height="100%" />}>
          <DaysChart
            anomaly={anomaly}
            title={`${servicesText(anomaly)} by day; ${daysText(
              anomaly,
            )} stood out`}
          />
        </Suspense>
      </div>
      <p className={styles.key}>
        <span>stood out</span>
        <span className={styles.usual}>days around</span>
      </p>
      {parts.length > 1 && (
        <>
          <h3>What stood out together</h3>
          <p className={styles.small}>
            These began on the same days, went the same way, and are of one
            owner or of one service.
          </p>
          <PartsTable anomaly={anomaly} />
        </>
      )}
      <h3>What caused it</h3>
      <p className={styles.small}>
        {`Beside ${dateText(
          anomaly.comparedWith.from,
          'UTC',
        )} and as many days. `}
        <Link href={`${explorer}?${query}`}>All charges in the explorer</Link>
      </p>
      <DataTable
        label="What caused it"
        columns={lineColumns(currency)}
        rows={causes}
        keyOf={(_, index) => String(index)}
      />
      {left && (
        <p className={styles.small}>
          {`${count(left.groups, 'more line')} made ${moneyChange(
            difference(left.now, left.before),
            currency,
          )} of it.`}
        </p>
      )}
      {anomaly.mayJudge && (
        <VerdictForm
          key={saidOf(anomaly).at(0)?.judgedAt ?? ''}
          anomaly={anomaly}
          onDone={onChanged}
        />
      )}
    </div>
  );
}

/** An anomaly with its days and causes, and what people say of it. */
export function AnomalyDialog(props: {
  id: string;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { id, onChanged, onClose } = props;
  const asked = useAnomaly(id);
  return (
    <DetailDialog
      noun="anomaly"
      untitled="An anomaly"
      asked={asked}
      titleOf={value => `${servicesText(value)} of ${ownersText(value)}`}
      onChanged={onChanged}
      onClose={onClose}
    >
      {(value, onDone) => <Detail anomaly={value} onChanged={onDone} />}
    </DetailDialog>
  );
}
