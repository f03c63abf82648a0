import { useId } from 'react';
import styles from './DayFilter.module.css';

/** A filter that is a day of the calendar, or none. */
export function DayFilter(props: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type="date"
        value={props.value.slice(0, 10)}
        onChange={event => props.onChange(event.target.value)}
      />
    </div>
  );
}
