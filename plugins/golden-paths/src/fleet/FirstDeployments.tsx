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
            is the median
          </span>
          <Spread seconds={seconds} />
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

function Spread({ seconds }: { seconds: NonNullable<Deployments['seconds']> }) {
  const { shortest, lowerQuartile, median, upperQuartile, longest } = seconds;
  const place = (value: number) =>
    longest > shortest ? (100 * (value - shortest)) / (longest - shortest) : 0;
  return (
    <div>
      <div className={styles.range} aria-hidden="true">
        <span
          className={styles.half}
          style={{
            insetInlineStart: `${place(lowerQuartile)}%`,
            width: `${place(upperQuartile) - place(lowerQuartile)}%`,
          }}
        />
        <span
          className={styles.middle}
          style={{ insetInlineStart: `${place(median)}%` }}
        />
      </div>
      <p className={styles.said}>
        {longest > shortest
          ? `${duration(shortest)} to ${duration(
              longest,
            )}; half of them between ${duration(lowerQuartile)} and ${duration(
              upperQuartile,
            )}`
          : 'the only time there is'}
      </p>
    </div>
  );
}
