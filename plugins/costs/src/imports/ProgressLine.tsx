import styles from './Imports.module.css';

/** How far something is, in words and as a bar; one without a length moves only. */
export function ProgressLine(props: {
  text: string;
  done?: number;
  total?: number;
}) {
  const { text, done, total } = props;
  return (
    <div role="status" className={styles.progress}>
      <span>{text}</span>
      <progress
        aria-label={text}
        {...(done === undefined || total === undefined
          ? {}
          : { max: Math.max(1, total), value: done })}
      />
    </div>
  );
}
