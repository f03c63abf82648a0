import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { BudgetStatus } from '@waymark/plugin-costs-common';
import type { Crossing, StoredBudget } from './Budget';
import { moneyText } from '../charges/money';

type Notice = NotificationSendOptions['payload'];

/**
 * Says that a budget's thresholds were crossed; of several at once, the
 * highest.
 */
export function crossingNotice(
  budget: StoredBudget,
  status: BudgetStatus,
  fresh: Crossing[],
): Notice {
  const { title, currency, amount, period, id } = budget;
  const [highest] = [...fresh].sort(
    (one, other) =>
      Number(other.basis === 'actual') - Number(one.basis === 'actual') ||
      other.percent - one.percent,
  );
  const { from } = status.outlook;
  const time = period === 'month' ? from.slice(0, 7) : from.slice(0, 4);
  const isActual = highest.basis === 'actual';
  return {
    title: isActual
      ? `${title} has spent ${highest.percent} % of its budget of ${time}`
      : `${title} is expected to reach ${highest.percent} % of its budget of ${time}`,
    description: `${moneyText(status.spent, currency)} of ${moneyText(
      amount,
      currency,
    )} are billed until ${status.knownThrough ?? 'now'}.${
      status.outlook.expected
        ? ` By its end it is expected to be ${moneyText(
            status.outlook.expected,
            currency,
          )}.`
        : ''
    }`,
    link: `/costs/budgets?${new URLSearchParams({
      entityRef: budget.entityRef,
    })}`,
    severity: isActual && highest.percent >= 100 ? 'high' : 'normal',
    topic: 'Budgets',
    scope: `costs-budget-${id}-${from}-${highest.basis}-${highest.percent}-${amount}`,
  };
}
