import type { UnitCost } from '@waymark/plugin-costs-common';
import { count, figure } from '@waymark/plugin-parts-react';
import type { CSSProperties } from 'react';
import { difference, length, magnitude, share } from '../money/decimal';
import { Change } from '../parts/Change';
import { monthName, shortMonth } from '../view/months';
import { headOf, pointsOf, unitText } from './words';
import styles from './Units.module.css';

const monthOfDay = (day: string) => day.slice(0, 7);

/** The months as bars, and as words for who does not see them. */
function Trend(props: { unit: UnitCost; currency: string }) {
  const { unit, currency } = props;
  const points = pointsOf(unit, currency);
  const most = Math.max(...points.map(({ perUnit }) => length(perUnit)));
  return (
    <ol className={styles.trend} aria-label={`${headOf(unit)} by month`}>
      {unit.months.map(({ month, quantity, isWhole }) => {
        const point = points.find(one => one.month === month);
        const height = point && most > 0 ? length(point.perUnit) / most : 0;
        const text = point ? unitText(point.perUnit, currency) : 'not known';
        return (
          <li
            key={month}
            title={`${shortMonth(monthOfDay(month))}: ${text}${
              quantity === null ? '' : `, ${figure(quantity)} in the month`
            }${isWhole ? '' : ', not billed to its end'}`}
          >
            <span
              className={styles.column}
              data-known={point !== undefined}
              style={{ '--height': `${height * 100}%` } as CSSProperties}
            />
            <span className={styles.month}>
              {shortMonth(monthOfDay(month)).slice(0, 3)}
            </span>
            <span className={styles.hidden}>{text}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What one of a metric costs: last month, and before. */
export function UnitCard(props: { unit: UnitCost; currency: string }) {
  const { unit, currency } = props;
  const points = pointsOf(unit, currency);
  const [before, last] = [points.at(-2), points.at(-1)];
  const change = before && last && difference(last.perUnit, before.perUnit);
  const quantity = unit.months.find(
    ({ month }) => month === last?.month,
  )?.quantity;
  return (
    <article className={styles.card}>
      <h3>{headOf(unit)}</h3>
      {last ? (
        <>
          <p className={styles.figure}>{unitText(last.perUnit, currency)}</p>
          <p className={styles.text}>
            {`in ${monthName(monthOfDay(last.month))}, of ${count(
              quantity ?? 0,
              unit.title,
            )} `}
            {change && (
              <Change
                change={change}
                ratio={share(change, magnitude(before.perUnit))}
                currency={currency}
              />
            )}
          </p>
          <Trend unit={unit} currency={currency} />
        </>
      ) : (
        <p className={styles.text}>
          {unit.reason ??
            'There is no month yet that is billed to its end and has any.'}
        </p>
      )}
    </article>
  );
}
