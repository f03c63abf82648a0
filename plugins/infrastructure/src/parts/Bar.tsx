import styles from './Bar.module.css';

/** How much of something is taken, and how much of the rest is asked for. */
export function Bar(props: {
  title: string;
  used: number;
  asked: number;
  /** Null when there is none. */
  limit: number | null;
  /** Writes an amount. */
  text: (amount: number) => string;
}) {
  const { title, used, asked, limit, text } = props;
  if (limit === null) {
    return (
      <div className={styles.bar}>
        <div className={styles.head}>
          <span>{title}</span>
          <span className={styles.figures}>
            {`${text(used)} in use, no limit`}
          </span>
        </div>
      </div>
    );
  }
  const total = used + asked;
  const isOver = total > limit;
  const scale = Math.max(limit, total) || 1;
  const width = (amount: number) => ({ width: `${(100 * amount) / scale}%` });
  const left = limit - total;
  return (
    <div className={styles.bar} data-over={isOver}>
      <div className={styles.head}>
        <span>{title}</span>
        <span className={isOver ? styles.over : styles.figures}>
          {isOver
            ? `${text(-left)} over the limit of ${text(limit)}`
            : `${text(left)} of ${text(limit)} would be left`}
        </span>
      </div>
      <div
        className={styles.track}
        role="img"
        aria-label={`${text(used)} in use, ${text(asked)} asked for, of ${text(
          limit,
        )}`}
      >
        <span className={styles.used} style={width(used)} />
        <span className={styles.asked} style={width(asked)} />
      </div>
    </div>
  );
}
