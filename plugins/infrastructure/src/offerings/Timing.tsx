import type { Timing as Times } from '@waymark/plugin-infrastructure-common';
import { count, duration } from '@waymark/plugin-parts-react';
import styles from './Timing.module.css';

/** Nothing takes no time at all. */
const measured = (seconds: number) =>
  seconds < 1 ? 'under 1 s' : duration(seconds);

/** How long it is promised to take, beside how long it really took. */
export function Timing({ timing }: { timing: Times }) {
  const { promisedSeconds, samples, p50Seconds, p90Seconds } = timing;
  return (
    <dl className={styles.timing}>
      <div>
        <dt>Promised</dt>
        <dd>
          <strong>{duration(promisedSeconds)}</strong>
        </dd>
      </div>
      <div>
        <dt>Measured</dt>
        <dd>
          {p50Seconds === undefined || samples === 0 ? (
            'Not measured yet'
          ) : (
            <>
              <strong>{measured(p50Seconds)}</strong>
              <span className={styles.sample}>
                {p90Seconds !== undefined &&
                  `nine in ten within ${measured(p90Seconds)}, `}
                {`of ${count(samples, 'time')}`}
              </span>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
