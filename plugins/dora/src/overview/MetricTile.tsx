import {
  valueText,
  type Metric,
  type MetricId,
} from '@waymark/plugin-dora-common';
import { Link, Skeleton, VisuallyHidden } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { trendText, type Point } from '../charts/points';
import { BandChip } from '../parts/BandChip';
import { Movement } from '../parts/Movement';
import { metricWords } from '../words/metrics';
import { gapText, sampleText, spreadText } from '../words/statements';
import styles from './MetricTile.module.css';

const Sparkline = lazy(() =>
  import('../charts/Sparkline').then(module => ({ default: module.Sparkline })),
);

/** A metric at a glance: what it is, how good, where it is going, and of what it was made. */
export function MetricTile(props: {
  metric: Metric;
  points: Point[];
  step: string;
  minimumSample: number;
  /** Where the number is explained. */
  href: string;
}) {
  const { metric, points, step, minimumSample, href } = props;
  const words = metricWords[metric.id];
  const gap = gapText(metric, minimumSample);
  return (
    <article className={styles.tile} data-state={metric.state}>
      <h3 className={styles.title}>{words.title}</h3>
      <div className={styles.value}>
        <Link href={href} className={styles.figure}>
          {metric.value === null
            ? 'No data'
            : valueText(metric.unit, metric.value)}
          <VisuallyHidden>, see what it is made of</VisuallyHidden>
        </Link>
        <BandChip metric={metric} />
      </div>
      {gap ? <p className={styles.gap}>{gap}</p> : <Movement metric={metric} />}
      {points.some(point => point.value !== null) && (
        <div
          role="img"
          aria-label={trendText(points, step)}
          className={styles.trend}
        >
          <Suspense fallback={<Skeleton width="100%" height="100%" />}>
            <Sparkline points={points} />
          </Suspense>
        </div>
      )}
      {metric.state !== 'none' && (
        <p className={styles.sample}>
          {[
            sampleText(metric.id, metric),
            spreadText(metric),
            metric.excluded ? `${metric.excluded} left out` : undefined,
          ]
            .filter(Boolean)
            .join('. ')}
          .
        </p>
      )}
    </article>
  );
}

/** The place of a tile whose number is on its way. */
export function WaitingTile({ id }: { id: MetricId }) {
  return (
    <article className={styles.tile} aria-busy="true">
      <h3 className={styles.title}>{metricWords[id].title}</h3>
      <Skeleton width="70%" height={32} />
      <Skeleton width="90%" height={16} />
      <Skeleton width="100%" height={56} />
    </article>
  );
}
