import { LinkList, type PartLink } from './LinkList';
import styles from './Parts.module.css';

/** A part of a whole as a bar, with what it is to be where somebody wants that, and the way to what it is made of. */
export function Share(props: {
  title: string;
  part: number;
  whole: number;
  /** From 0 to 1. */
  target?: number;
  /** What the whole is made of, and what was left out of it. */
  parts?: PartLink[];
  /** What is said when there is nothing to count: that is not zero. */
  nothing: string;
}) {
  const { title, part, whole, target, parts = [], nothing } = props;
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
          </span>
        </>
      )}
      <LinkList label={title} links={parts} />
    </div>
  );
}
