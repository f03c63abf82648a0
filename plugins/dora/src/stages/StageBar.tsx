import {
  count,
  duration,
  figure,
  type Stage,
  type StageId,
} from '@waymark/plugin-dora-common';
import styles from './Stages.module.css';

/** In work somebody does something about a change, in waiting nobody does. */
const kinds: Record<StageId, 'work' | 'wait'> = {
  coding: 'work',
  waitingForReview: 'wait',
  inReview: 'work',
  waitingForDeployment: 'wait',
};

function figures(stage: Stage, changes: number): string {
  if (!stage.percentiles) return 'Nobody said when it began or ended';
  const { p50, p75 } = stage.percentiles;
  const of =
    stage.n < changes
      ? `${figure(stage.n)} of ${count(changes, 'change')}`
      : undefined;
  return [
    `Half within ${duration(p50)}, three in four within ${duration(p75)}`,
    of ?? count(stage.n, 'change'),
    ...(stage.state === 'insufficient' ? ['too little to judge'] : []),
  ].join('; ');
}

/** The stages as one bar, each as wide as its middle is long, and in figures below. */
export function StageBar(props: {
  stages: Stage[];
  /** How many changes arrived. */
  changes: number;
  oneIn: number;
}) {
  const { stages, oneIn } = props;
  // Of a part of the changes nobody can say how many each stage lacks.
  const changes = oneIn > 1 ? 0 : props.changes;
  const known = stages.filter(stage => stage.percentiles);
  const total = known.reduce(
    (sum, { percentiles }) => sum + (percentiles?.p50 ?? 0),
    0,
  );
  const isPartial = known.length < stages.length && known.length > 0;
  return (
    <div className={styles.stages}>
      {total > 0 && (
        <div className={styles.bar} aria-hidden>
          {known.map(({ id, percentiles }) => (
            <span
              key={id}
              className={styles.piece}
              data-kind={kinds[id]}
              data-stage={id}
              style={{ flexGrow: (percentiles?.p50 ?? 0) / total }}
            >
              {stages.findIndex(stage => stage.id === id) + 1}
            </span>
          ))}
        </div>
      )}
      <ol className={styles.legend}>
        {stages.map((stage, index) => (
          <li key={stage.id} data-state={stage.state}>
            <span
              className={styles.number}
              data-kind={kinds[stage.id]}
              data-stage={stage.id}
              aria-hidden
            >
              {index + 1}
            </span>
            <strong>{stage.title}</strong>
            <span className={styles.middle}>
              {stage.percentiles ? duration(stage.percentiles.p50) : 'No data'}
            </span>
            <span className={styles.text}>{stage.description}</span>
            <span className={styles.text}>{figures(stage, changes)}</span>
          </li>
        ))}
      </ol>
      {(isPartial || oneIn > 1) && (
        <p className={styles.text}>
          {isPartial &&
            'A stage without data is one that nobody said the beginning or the end of; it takes no room in the bar. '}
          {oneIn > 1 &&
            `There are many changes: those of one deployment in ${oneIn} are looked at.`}
        </p>
      )}
    </div>
  );
}
