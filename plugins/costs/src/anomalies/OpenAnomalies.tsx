import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { count } from '@waymark/plugin-parts-react';
import { useAnomalies } from '../live/questions';
import { difference } from '../money/decimal';
import { moneyChange } from '../money/words';
import { anomaliesRouteRef } from '../routes';
import { daysText, servicesText } from './words';
import styles from './Anomalies.module.css';

const shown = 3;

/** What stands out of the costs of a group and nobody explained; nothing where nothing does. */
export function OpenAnomalies({ groupRef }: { groupRef: string }) {
  const page = useRouteRef(anomaliesRouteRef)?.() ?? '';
  const { value } = useAnomalies({
    entityRef: groupRef,
    verdict: 'open',
    limit: shown,
  });
  if (!value || value.total === 0) return null;
  return (
    <div className={styles.open}>
      <h3>Stands out, and nobody explained it</h3>
      <ul>
        {value.items.map(anomaly => (
          <li key={anomaly.id}>
            <Link
              href={`${page}?${new URLSearchParams({ anomaly: anomaly.id })}`}
            >
              {servicesText(anomaly)}
            </Link>{' '}
            {moneyChange(
              difference(anomaly.actual, anomaly.expected),
              anomaly.currency,
            )}
            <span className={styles.small}> {daysText(anomaly)}</span>
          </li>
        ))}
      </ul>
      {value.total > shown && (
        <Link href={page}>
          {count(value.total - shown, 'more anomaly', 'more anomalies')}
        </Link>
      )}
    </div>
  );
}
