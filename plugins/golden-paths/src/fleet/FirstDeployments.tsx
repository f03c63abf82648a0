import type { FirstDeployments as Deployments } from '@waymark/plugin-golden-paths-common';
import { duration, Panel, useAddress } from '@waymark/plugin-parts-react';
import { LinkList } from '../parts/LinkList';
import styles from './FirstDeployments.module.css';

/** How long it took from the form to the first deployment, and what is not deployed yet. */
export function FirstDeployments({ value }: { value: Deployments }) {
  const { deployed, none, unknown, seconds } = value;
  const { hrefWith } = useAddress();
  const title = 'From the form to the first deployment';
  return (
    <Panel title={title} lead={leadOf(value)}>
      {seconds && (
        <div className={styles.figures}>
          <span>
            <strong className={styles.median}>
              {duration(seconds.median)}
            </strong>{' '}
            {deployed > 1 ? 'is the median' : 'is the only time there is'}
          </span>
          {deployed > 1 && <Spread seconds={seconds} deployed={deployed} />}
        </div>
      )}
      <LinkList
        label={title}
        links={[
          {
            count: deployed,
            text: 'deployed',
            href: hrefWith({ firstDeployment: 'deployed' }),
          },
          {
            count: none,
            text: 'not deployed yet',
            href: hrefWith({ firstDeployment: 'none' }),
          },
          {
            count: unknown,
            text: 'of which the delivery metrics have not said',
            href: hrefWith({ firstDeployment: 'unknown' }),
          },
        ]}
      />
    </Panel>
  );
}

function leadOf({ deployed, none, unknown }: Deployments): string {
  if (deployed > 0) {
    return 'Until the first deployment that succeeded, in whatever environment.';
  }
  return none + unknown === 0
    ? 'No repository was made by a form yet.'
    : 'Nothing that a form made is known to be deployed yet, so there is no time.';
}

/** Fewer than these have no halves that would say anything. */
const enoughForHalves = 4;

function Spread(props: {
  seconds: NonNullable<Deployments['seconds']>;
  deployed: number;
}) {
  const { shortest, lowerQuartile, median, upperQuartile, longest } =
    props.seconds;
  if (longest === shortest) {
    return <p className={styles.said}>All took the same time.</p>;
  }
  const place = (value: number) =>
    (100 * (value - shortest)) / (longest - shortest);
  const hasHalves = props.deployed >= enoughForHalves;
  const whole = `${duration(shortest)} to ${duration(longest)}`;
  return (
    <div>
      <div className={styles.range} aria-hidden="true">
        {hasHalves && (
          <span
            className={styles.half}
            style={{
              insetInlineStart: `${place(lowerQuartile)}%`,
              width: `${place(upperQuartile) - place(lowerQuartile)}%`,
            }}
          />
        )}
        <span
          className={styles.middle}
          style={{ insetInlineStart: `${place(median)}%` }}
        />
      </div>
      <p className={styles.said}>
        {hasHalves
          ? `${whole}; half of them between ${duration(
              lowerQuartile,
            )} and ${duration(upperQuartile)}`
          : whole}
      </p>
    </div>
  );
}
