import { valueText, type MetricsAnswer } from '@waymark/plugin-dora-common';
import { Link, Skeleton } from '@backstage/ui';
import { BandChip } from '../parts/BandChip';
import { Movement } from '../parts/Movement';
import { sourcesDocs } from '../parts/docs';
import { metricIds, metricWords } from '../words/metrics';
import styles from './MetricList.module.css';

const states = {
  none: 'no data',
  insufficient: 'too little to judge',
  measured: '',
};

/** The five metrics in few words, for cards. */
export function MetricList(props: {
  answer?: MetricsAnswer;
  /** The page that tells more. */
  href: string;
}) {
  const { answer, href } = props;
  if (!answer) {
    return (
      <div aria-busy="true">
        <Skeleton width="100%" height={64} />
      </div>
    );
  }
  if (metricIds.every(id => answer.metrics[id].state === 'none')) {
    return (
      <p className={styles.none}>
        Nothing was delivered that the portal knows of.{' '}
        <Link href={sourcesDocs}>Connect a delivery system</Link> and it counts
        from then on.
      </p>
    );
  }
  return (
    <dl className={styles.metrics}>
      {metricIds.map(id => {
        const metric = answer.metrics[id];
        return (
          <div key={id} className={styles.metric}>
            <dt>{metricWords[id].short}</dt>
            <dd>
              <Link
                href={`${href}${href.includes('?') ? '&' : '?'}explain=${id}`}
              >
                {metric.value === null
                  ? '–'
                  : valueText(metric.unit, metric.value)}
              </Link>
              {metric.state === 'measured' ? (
                <BandChip metric={metric} />
              ) : (
                <span className={styles.state}>{states[metric.state]}</span>
              )}
              {metric.state === 'measured' && <Movement metric={metric} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
