import { Select } from '@backstage/ui';
import { billedCurrencies } from '../charts/stack';
import { MeasureSelect } from '../parts/Choices';
import { CurrencySelect } from '../rates/CurrencySelect';
import { useSeesAll } from '../parts/useSeesAll';
import { monthTitle, type Month } from '../view/months';
import type { Viewed } from '../view/useView';
import { measureWords } from '../words/measures';
import type { Trend } from './useOverview';
import styles from './Overview.module.css';

/** Which month, which cost and which currency are looked at. */
export function OverviewBar(props: {
  viewed: Viewed;
  trend: Trend;
  month: Month;
  currency: string;
}) {
  const { viewed, trend, month, currency } = props;
  const { view, change } = viewed;
  const seesAll = useSeesAll();
  // A month of an address may be older than what the trend shows.
  const months = [...new Set([...trend.months, month])].sort().reverse();
  return (
    <div className={styles.bar}>
      <Select
        aria-label="Month"
        className={styles.month}
        options={months.map(one => ({ value: one, label: monthTitle(one) }))}
        value={month}
        onChange={key => change({ month: String(key) })}
      />
      <MeasureSelect
        value={view.measure}
        onChange={measure => change({ measure })}
      />
      <CurrencySelect
        value={currency}
        into={view.into}
        offered={billedCurrencies(trend.answer, trend.currencies)}
        onChange={change}
      />
      <p className={styles.words}>
        {seesAll === false && 'You see what your own groups spend. '}
        {measureWords[view.measure].lead}
        {!view.into &&
          trend.currencies.length > 1 &&
          ` Bills came in ${trend.currencies.join(
            ' and ',
          )}; they are never added up unless you have all converted into one.`}
      </p>
    </div>
  );
}
