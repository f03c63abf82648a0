import type { Metric, MetricsAnswer } from '@waymark/plugin-dora-common';
import { Skeleton, ToggleButton } from '@backstage/ui';
import { lazy, Suspense, useState } from 'react';
import { DataTable } from '@waymark/plugin-parts-react';
import { pointsOf, trendText, type Point } from '../charts/points';
import styles from './Explanation.module.css';

const TrendChart = lazy(() =>
  import('../charts/TrendChart').then(module => ({
    default: module.TrendChart,
  })),
);

function PointTable({ points }: { points: Point[] }) {
  return (
    <DataTable
      label="Trend as a table"
      columns={[
        { title: 'Days', render: point => point.days },
        { title: 'Value', render: point => point.text, isFigure: true },
        {
          title: 'Made of',
          render: point =>
            point.state === 'insufficient'
              ? `${point.sample} (too little to judge)`
              : point.sample,
        },
      ]}
      rows={points}
      keyOf={point => point.key}
    />
  );
}

/** The trend of a metric as a chart, or as the table behind it. */
export function Trend(props: {
  metric: Metric;
  answer: MetricsAnswer;
  step: string;
}) {
  const { metric, answer, step } = props;
  const [isTable, setTable] = useState(false);
  const points = pointsOf(
    metric.id,
    answer.groups ?? [],
    answer.definitions.timeZone,
  );
  if (points.length < 2) return null;
  return (
    <section aria-label="Trend" className={styles.trend}>
      <ToggleButton isSelected={isTable} onChange={setTable}>
        As a table
      </ToggleButton>
      {isTable ? (
        <PointTable points={points} />
      ) : (
        <div className={styles.chart}>
          <Suspense fallback={<Skeleton width="100%" height="100%" />}>
            <TrendChart
              points={points}
              unit={metric.unit}
              title={trendText(points, step)}
            />
          </Suspense>
        </div>
      )}
    </section>
  );
}
