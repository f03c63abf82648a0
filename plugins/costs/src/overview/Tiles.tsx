import type { Measure, TotalsAnswer } from '@waymark/plugin-costs-common';
import { Skeleton } from '@backstage/ui';
import type { ReactNode } from 'react';
import { totalOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import { difference, magnitude, share, type Decimal } from '../money/decimal';
import { exactMoney, money, percent } from '../money/words';
import { useSeesAll } from '../parts/useSeesAll';
import { Change } from '../parts/Change';
import {
  addMonths,
  monthName,
  type Compared,
  type Month,
} from '../view/months';
import { conversionOf, filterOf } from '../view/view';
import { measureWords } from '../words/measures';
import type { Looked } from './MonthCosts';
import type { MonthSoFar } from './useOverview';
import styles from './Tiles.module.css';

/** How the days that are compared are said: "beside the same days of October". */
export function comparedText(month: Month, compared: Compared): string {
  const before = monthName(addMonths(month, -1));
  return compared.isWhole
    ? `beside ${before}`
    : `beside the same days of ${before}`;
}

function Tile(props: {
  title: string;
  amount: Decimal;
  currency: string;
  children: ReactNode;
}) {
  const { title, amount, currency, children } = props;
  return (
    <article className={styles.tile}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.figure} title={exactMoney(amount, currency)}>
        {money(amount, currency)}
      </p>
      <div className={styles.words}>{children}</div>
    </article>
  );
}

function Spent(props: {
  measure: Measure;
  now: TotalsAnswer;
  before: TotalsAnswer | undefined;
  looked: Looked;
}) {
  const { measure, now, before, looked } = props;
  const { currency, compared, month } = looked;
  const amount = totalOf(now, currency);
  const was = before && totalOf(before, currency);
  const change = was && difference(amount, was);
  return (
    <Tile
      title={`${measureWords[measure].title} ${
        compared.isWhole ? 'in' : 'so far in'
      } ${monthName(month)}`}
      amount={amount}
      currency={currency}
    >
      {change ? (
        <>
          <Change
            change={change}
            ratio={share(change, magnitude(was))}
            currency={currency}
          />{' '}
          {comparedText(month, compared)}
        </>
      ) : (
        <Skeleton width="70%" height={16} />
      )}
    </Tile>
  );
}

const allocationWords = {
  shared: {
    title: 'Of it shared',
    text: 'of what was spent is this part’s share of what everybody uses',
  },
  unallocated: {
    title: 'Owned by nobody',
    text: 'of what was spent is allocated to no one yet',
  },
};

/** A month at a glance: billed and effective apart, and how much of it has no owner or is shared. */
export function Tiles(props: { looked: Looked; soFar: MonthSoFar }) {
  const { looked, soFar } = props;
  const { currency, compared, scope, viewed } = looked;
  const { measure } = viewed.view;
  const seesAll = useSeesAll();
  const ask = { ...conversionOf(viewed.view), ...filterOf(scope) };
  const { value } = useTotals([
    { ...compared.before, measure: 'BilledCost', ...ask },
    { ...compared.before, measure: 'EffectiveCost', ...ask },
    { ...compared.now, measure, groupBy: 'allocation', ...ask },
  ]);
  const [billedBefore, effectiveBefore, allocation] = value ?? [];
  const part = scope ? 'shared' : 'unallocated';
  const amount = allocation?.items.find(
    ({ key, currency: own }) => key === part && own === currency,
  )?.amount;
  const whole = allocation && totalOf(allocation, currency);
  const ofAll = whole ? share(amount ?? '0', whole) : undefined;
  return (
    <section aria-label="The month at a glance" className={styles.tiles}>
      {soFar.billed && (
        <Spent
          measure="BilledCost"
          now={soFar.billed}
          before={billedBefore}
          looked={looked}
        />
      )}
      {soFar.effective && (
        <Spent
          measure="EffectiveCost"
          now={soFar.effective}
          before={effectiveBefore}
          looked={looked}
        />
      )}
      {allocation && (scope || seesAll) && (
        <Tile
          title={allocationWords[part].title}
          amount={amount ?? '0'}
          currency={currency}
        >
          {ofAll === undefined
            ? 'Nothing was spent'
            : `${percent(ofAll)} ${allocationWords[part].text}`}
        </Tile>
      )}
    </section>
  );
}
