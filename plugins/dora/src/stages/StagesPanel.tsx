import type { MetricsQuery, StagesAnswer } from '@waymark/plugin-dora-common';
import { Skeleton } from '@backstage/ui';
import { useStages } from '../live/questions';
import { count, Failure, Panel } from '@waymark/plugin-parts-react';
import { StageBar } from './StageBar';
import { WaitTable } from './WaitTable';
import styles from './Stages.module.css';

/** Who can move the open changes on. */
function openText({ total, inReview }: StagesAnswer['open']): string {
  const unseen = total - inReview;
  return [
    unseen > 0 &&
      `${count(unseen, 'change')} of this period ${
        unseen === 1 ? 'waits' : 'wait'
      } for a first look: anybody of the team can review.`,
    inReview > 0 &&
      `${count(inReview, 'change')} ${
        inReview === 1 ? 'is' : 'are'
      } in review.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function Stages({ answer }: { answer: StagesAnswer }) {
  const { stages, waiting, open, longest, oneIn, changes } = answer;
  if (changes === 0 && waiting.total === 0 && open.total === 0) {
    return (
      <p className={styles.text}>
        No change reached this environment in this period, and none is on its
        way there. That is no data, and not zero.
      </p>
    );
  }
  return (
    <>
      <StageBar stages={stages} changes={changes} oneIn={oneIn} />
      {open.total > 0 && (
        <section aria-labelledby="dora-open" className={styles.list}>
          <h3 id="dora-open" className={styles.heading}>
            Open now ({open.total})
          </h3>
          <p className={styles.text}>{openText(open)}</p>
          <WaitTable label="Open changes" waits={open.items} now="review" />
        </section>
      )}
      {waiting.total > 0 && (
        <section aria-labelledby="dora-waiting" className={styles.list}>
          <h3 id="dora-waiting" className={styles.heading}>
            Merged, and still waiting ({waiting.total})
          </h3>
          <p className={styles.text}>
            Nothing has brought these to the environment. The owner can deploy
            them.
          </p>
          <WaitTable
            label="Changes that wait"
            waits={waiting.items}
            now="deployment"
          />
        </section>
      )}
      {longest.length > 0 && (
        <section aria-labelledby="dora-longest" className={styles.list}>
          <h3 id="dora-longest" className={styles.heading}>
            The longest waits
          </h3>
          <WaitTable label="Longest waits" waits={longest} />
        </section>
      )}
    </>
  );
}

/** Where changes wait on their way, and which wait longest. */
export function StagesPanel({ query }: { query: MetricsQuery }) {
  const { entityRef, from, to, environment, timeZone } = query;
  const { value, error, loading, refresh } = useStages({
    entityRef,
    from,
    to,
    environment,
    timeZone,
  });
  return (
    <Panel
      title="Where changes wait"
      lead="The way of the changes that arrived, from the first commit to running, and what is on its way now. Each stage shows its own middle; middles do not add up to the lead time."
      isBusy={loading}
    >
      {error && (
        <Failure
          title="The stages could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {value ? (
        <Stages answer={value} />
      ) : (
        !error && <Skeleton width="100%" height={160} />
      )}
    </Panel>
  );
}
