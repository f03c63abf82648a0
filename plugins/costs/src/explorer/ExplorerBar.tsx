import { Select } from '@backstage/ui';
import type { Address } from '@waymark/plugin-parts-react';
import { focusDimensions } from '@waymark/plugin-costs-common';
import { useId } from 'react';
import { MeasureSelect } from '../parts/Choices';
import { CurrencySelect } from '../rates/CurrencySelect';
import { addDays } from '../view/months';
import { dimensionTitle, dimensionTitles } from '../words/dimensions';
import { periodTitles, type Explored } from './explored';
import styles from './Explorer.module.css';

/** What is offered first, and then whatever FOCUS has. */
const dimensions = [
  ...new Set([...Object.keys(dimensionTitles), ...focusDimensions]),
];

/** Everything by which charges can be told apart, for a menu. */
export const dimensionOptions = (chosen?: string) =>
  [...new Set([...dimensions, ...(chosen ? [chosen] : [])])].map(name => ({
    value: name,
    label: dimensionTitle(name),
  }));

/** What is looked at: which time, by what, which cost. */
export function ExplorerBar(props: {
  explored: Explored;
  currencies: string[];
  currency: string | undefined;
  change: Address['change'];
}) {
  const { explored, currencies, currency, change } = props;
  const { period, days, step, measure, groupBy } = explored;
  const firstId = useId();
  const lastId = useId();
  const last = addDays(days.to, -1);
  const choose = (chosen: string) =>
    change(
      chosen === 'custom'
        ? { period: chosen, first: days.from, last }
        : { period: chosen, first: undefined, last: undefined },
    );

  return (
    <div className={styles.bar}>
      <Select
        label="Period"
        className={styles.choice}
        options={Object.entries(periodTitles).map(([value, label]) => ({
          value,
          label,
        }))}
        value={period}
        onChange={key => choose(String(key))}
      />
      {period === 'custom' && (
        <div className={styles.days}>
          <label htmlFor={firstId}>From</label>
          <input
            id={firstId}
            type="date"
            value={days.from}
            max={last}
            onChange={event =>
              event.target.value && change({ first: event.target.value })
            }
          />
          <label htmlFor={lastId}>to</label>
          <input
            id={lastId}
            type="date"
            value={last}
            min={days.from}
            onChange={event =>
              event.target.value && change({ last: event.target.value })
            }
          />
        </div>
      )}
      <Select
        label="By"
        className={styles.choice}
        search={{ placeholder: 'Search columns' }}
        options={dimensionOptions(groupBy)}
        value={groupBy}
        onChange={key => change({ groupBy: String(key) })}
      />
      <Select
        label="In steps of a"
        className={styles.step}
        options={[
          { value: 'day', label: 'Day' },
          { value: 'month', label: 'Month' },
        ]}
        value={step}
        onChange={key => change({ step: String(key) })}
      />
      <MeasureSelect
        isTitled
        value={measure}
        onChange={chosen => change({ measure: chosen })}
      />
      {currency && (
        <CurrencySelect
          isTitled
          value={currency}
          into={explored.into}
          offered={currencies}
          onChange={change}
        />
      )}
    </div>
  );
}
