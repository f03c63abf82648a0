import styles from './Create.module.css';

/** Where one is in a form, and the way back to what was answered. */
export function Steps(props: {
  titles: string[];
  active: number;
  onChoose: (step: number) => void;
}) {
  const { titles, active, onChoose } = props;
  return (
    <ol className={styles.steps} aria-label="Steps">
      {titles.map((title, index) => (
        <li
          key={`${index} ${title}`}
          aria-current={index === active ? 'step' : undefined}
          data-done={index < active || undefined}
        >
          <span className={styles.number} aria-hidden>
            {index + 1}
          </span>
          {index < active ? (
            <button type="button" onClick={() => onChoose(index)}>
              {title}
            </button>
          ) : (
            <span>{title}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
