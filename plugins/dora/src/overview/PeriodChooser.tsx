import { Select } from '@backstage/ui';
import { useId } from 'react';
import type { Viewed } from '../view/useView';
import { addDays, dayOf, periodIds, periodTitles } from '../view/periods';
import { daysOf } from '../view/view';
import styles from './ViewBar.module.css';

/** Chooses the period: the usual ones by name, any other by its first and last day. */
export function PeriodChooser({ viewed }: { viewed: Viewed }) {
  const { view, change } = viewed;
  const firstId = useId();
  const lastId = useId();
  const now = new Date();
  const today = dayOf(now, view.timeZone);

  const choose = (period: string) => {
    if (period !== 'custom') {
      change({ period, first: undefined, last: undefined, offset: undefined });
      return;
    }
    // Begin with what is shown, so that nothing jumps before the days are set.
    const { from, to } = daysOf(view, now);
    change({ period, first: from, last: to ? addDays(to, -1) : today });
  };

  return (
    <>
      <Select
        aria-label="Period"
        className={styles.period}
        options={periodIds.map(id => ({ value: id, label: periodTitles[id] }))}
        value={view.period}
        onChange={key => choose(String(key))}
      />
      {view.period === 'custom' && (
        <div className={styles.days}>
          <label htmlFor={firstId}>From</label>
          <input
            id={firstId}
            type="date"
            value={view.first}
            max={view.last}
            onChange={event =>
              event.target.value && change({ first: event.target.value })
            }
          />
          <label htmlFor={lastId}>to</label>
          <input
            id={lastId}
            type="date"
            value={view.last}
            min={view.first}
            max={today}
            onChange={event =>
              event.target.value && change({ last: event.target.value })
            }
          />
        </div>
      )}
    </>
  );
}
