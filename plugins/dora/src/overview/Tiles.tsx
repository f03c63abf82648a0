import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import { pointsOf } from '../charts/points';
import { metricIds } from '../words/metrics';
import { MetricTile, WaitingTile } from './MetricTile';
import styles from './Tiles.module.css';

/** The five metrics side by side. */
export function Tiles(props: {
  answer?: MetricsAnswer;
  isBusy: boolean;
  step: string;
  explainHref: (metric: string) => string;
}) {
  const { answer, isBusy, step, explainHref } = props;
  return (
    <div className={styles.tiles} aria-busy={isBusy}>
      {metricIds.map(id =>
        answer ? (
          <MetricTile
            key={id}
            metric={answer.metrics[id]}
            points={pointsOf(
              id,
              answer.groups ?? [],
              answer.definitions.timeZone,
            )}
            step={step}
            minimumSample={answer.definitions.minimumSample}
            href={explainHref(id)}
          />
        ) : (
          <WaitingTile key={id} id={id} />
        ),
      )}
    </div>
  );
}
