import { valueText, type Goal } from '@waymark/plugin-dora-common';
import { Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { pointsOf, trendText } from '../charts/points';
import { useMetrics } from '../live/questions';
import { addDays } from '../view/periods';
import styles from './Goals.module.css';

const Sparkline = lazy(() =>
  import('../charts/Sparkline').then(module => ({ default: module.Sparkline })),
);

/** The weeks since before a goal began, against the line of its target. */
export function GoalTrend({ goal }: { goal: Goal }) {
  const { metric, percentile, target, unit } = goal;
  const { value } = useMetrics({
    entityRef: goal.entityRef,
    environment: goal.environment,
    from: addDays(goal.start, -goal.windowDays),
    groupBy: 'week',
  });
  if (!value) return <Skeleton width="100%" height={64} />;
  const points = pointsOf(
    metric,
    value.groups ?? [],
    value.definitions.timeZone,
  ).map(point => {
    if (!percentile || !point.percentiles) return point;
    const chosen = point.percentiles[percentile];
    return { ...point, value: chosen, text: valueText(unit, chosen) };
  });
  if (points.every(point => point.value === null)) return null;
  return (
    <div
      role="img"
      aria-label={`${trendText(points, 'week')}; the goal is ${valueText(
        unit,
        target,
      )}`}
      className={styles.trend}
    >
      <Suspense fallback={<Skeleton width="100%" height="100%" />}>
        <Sparkline points={points} line={target} />
      </Suspense>
    </div>
  );
}
