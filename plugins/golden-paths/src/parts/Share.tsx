import styles from './Parts.module.css';

/** A part of a whole as a bar, with what it is to be where somebody wants that. */
export function Share(props: {
  title: string;
  part: number;
  whole: number;
  /** From 0 to 1. */
  target?: number;
  /** How many an exception lets off; they are not in the whole. */
  exempt?: number;
  /** What is said when there is nothing to count: that is not zero. */
  nothing: string;
}) {
  const { title, part, whole, target, exempt = 0, nothing } = props;
  const percent = whole > 0 ? Math.round((100 * part) / whole) : undefined;
  return (
    <div className={styles.share}>
      <div className={styles.shareHead}>
        <span>{title}</span>
        <strong>{percent === undefined ? '–' : `${percent} %`}</strong>
      </div>
      {percent === undefined ? (
        <span className={styles.note}>{nothing}</span>
      ) : (
        <>
          <div className={styles.track} aria-hidden="true">
            <span className={styles.part} style={{ width: `${percent}%` }} />
            {target !== undefined && (
              <span
                className={styles.target}
                style={{ insetInlineStart: `${target * 100}%` }}
              />
            )}
          </div>
          <span className={styles.note}>
            {`${part} of ${whole}`}
            {target !== undefined && `, wanted ${Math.round(target * 100)} %`}
            {exempt > 0 && `; ${exempt} more with an exception`}
          </span>
        </>
      )}
    </div>
  );
}
