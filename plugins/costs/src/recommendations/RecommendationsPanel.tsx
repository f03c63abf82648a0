import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { count, Failure, Panel } from '@waymark/plugin-parts-react';
import { useRecommendations } from '../live/questions';
import { recommendationsRouteRef } from '../routes';
import type { Scope } from '../view/view';
import { RecommendationList } from './RecommendationList';
import { rangeText } from './words';
import styles from './Recommendations.module.css';

const shown = 3;

/** What of a scope could cost less: how much, and where most of it is. */
export function RecommendationsPanel(props: {
  scope: Scope | undefined;
  currency: string;
}) {
  const { scope, currency } = props;
  const page = useRouteRef(recommendationsRouteRef)?.() ?? '';
  const of: Record<string, string> = scope
    ? { entityRef: scope.entityRef }
    : {};
  const { value, error, loading, refresh } = useRecommendations({
    ...of,
    state: 'open',
    limit: shown,
  });
  const savings = value?.savings.find(one => one.currency === currency);
  const hrefWith = (more: Record<string, string>) =>
    `${page}?${new URLSearchParams({ ...of, ...more })}`;
  return (
    <Panel
      title="What could cost less"
      isBusy={loading}
      aside={<Link href={hrefWith({})}>All recommendations</Link>}
    >
      {error && (
        <Failure
          title="The recommendations could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={120} />}
      {savings && (
        <p className={styles.sum}>
          <strong>{rangeText(savings.low, savings.high, currency)}</strong>
          {` a month, by ${count(savings.count, 'recommendation')}`}
        </p>
      )}
      {value && value.total === 0 && (
        <p className={styles.text}>
          Nothing that the portal looks for. It does not know what it does not
          see: how busy machines are is not in bills.
        </p>
      )}
      {value && value.total > 0 && (
        <RecommendationList
          items={value.items}
          hrefOf={id => hrefWith({ recommendation: id })}
        />
      )}
    </Panel>
  );
}
