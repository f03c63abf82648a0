import { useId } from 'react';
import styles from './DayField.module.css';

/** A day, YYYY-MM-DD. The browser brings the calendar. */
export function DayField(props: {
  label: string;
  hint?: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}) {
  const { label, hint, value, min, max, onChange } = props;
  const id = useId();
  return (
    <div className={styles.day}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      <input
        id={id}
        type="date"
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        min={min}
        max={max}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  );
}

const dayMs = 86_400_000;

/** A day some days from today, in UTC. */
export const dayIn = (days: number) =>
  new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
