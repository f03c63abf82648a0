import type { Budget } from '@waymark/plugin-costs-common';
import { length } from '../money/decimal';
import { exactMoney, money, percent } from '../money/words';
import styles from './Budgets.module.css';

const size = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;

function expectedText({ status, currency }: Budget): string {
  const { expected, state } = status.outlook;
  if (expected !== null) return money(expected, currency);
  return state === 'complete' ? 'all is billed' : 'not enough history';
}

/** How much of a budget is spent, what is expected, and where the amount is. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { amount, currency, status } = budget;
  const { spent, outlook, state, share } = status;
  const expected =
    outlook.expected === null ? undefined : length(outlook.expected);
  // Where more is spent or expected than there is, the amount moves to the left.
  const whole = Math.max(length(amount), length(spent), expected ?? 0);
  return (
    <>
      <div className={styles.track} data-state={state} aria-hidden>
        {expected !== undefined && (
          <span
            className={styles.range}
            style={{ inlineSize: size(expected / whole) }}
          />
        )}
        <span
          className={styles.done}
          style={{ inlineSize: size(length(spent) / whole) }}
        />
        {whole > length(amount) && (
          <span
            className={styles.limit}
            style={{ insetInlineStart: size(length(amount) / whole) }}
          />
        )}
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>{`Spent, ${percent(share)}`}</dt>
          <dd className={styles.spent} title={exactMoney(spent, currency)}>
            {money(spent, currency)}
          </dd>
        </div>
        <div>
          <dt>Expected</dt>
          <dd>{expectedText(budget)}</dd>
        </div>
        <div>
          <dt>Budget</dt>
          <dd title={exactMoney(amount, currency)}>
            {money(amount, currency)}
          </dd>
        </div>
      </dl>
    </>
  );
}
