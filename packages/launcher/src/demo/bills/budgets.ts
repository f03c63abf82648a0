import { randomUUID } from 'node:crypto';
import { signIn } from '../../identity/signIn.ts';
import { dateOf } from '../calendar.ts';
import { requireOk } from '../door.ts';
import type { BillDoor } from './deliver.ts';
import { monthsUntil } from './months.ts';

/** What a team may spend in a month, as a share of what it spent in the last whole one. */
type DemoBudget = { lead: string; group: string; share: number };

/** One that is tight, one with room, and one that will not hold. */
const budgets: DemoBudget[] = [
  { lead: 'elena', group: 'checkout', share: 1.1 },
  { lead: 'hannah', group: 'storefront', share: 1.4 },
  { lead: 'grace', group: 'fulfilment', share: 0.8 },
];

/** A sum as somebody would decide it, in whole hundreds. */
const budgetFor = (spent: number, share: number): string =>
  String(Math.max(1, Math.round((spent * share) / 100)) * 100);

/**
 * Has leads of the demo organisation set budgets, each signed in as themselves.
 * A team that has one keeps it.
 *
 * @throws LaunchFailure when the portal refuses one
 */
export async function setDemoBudgets(
  { url, signal }: Omit<BillDoor, 'token'>,
  until: number,
): Promise<void> {
  const month = monthsUntil(until).at(-2);
  if (!month) return;
  for (const { lead, group, share } of budgets) {
    const headers = { authorization: `Bearer ${await signIn(url, lead)}` };
    const entityRef = `group:default/${group}`;
    const ask = async <T>(route: string, query: Record<string, string>) => {
      const response = await fetch(
        `${url}/api/costs/${route}?${new URLSearchParams(query)}`,
        { headers, signal },
      );
      await requireOk(response, `The question for ${route} of ${group}`);
      return (await response.json()) as T;
    };
    const known = await ask<{ total: number }>('budgets', { entityRef });
    if (known.total > 0) continue;
    const { totals } = await ask<{
      totals: { currency: string; amount: string }[];
    }>('totals', {
      from: dateOf(month.start),
      to: dateOf(month.end),
      measure: 'EffectiveCost',
      filter: `group=${entityRef}`,
    });
    const spent = totals.find(({ currency }) => currency === 'USD');
    await requireOk(
      await fetch(`${url}/api/costs/budgets/${randomUUID()}`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          version: 0,
          entityRef,
          period: 'month',
          currency: 'USD',
          amount: budgetFor(Number(spent?.amount ?? 0), share),
          thresholds: [
            { basis: 'actual', percent: 80 },
            { basis: 'actual', percent: 100 },
            { basis: 'forecast', percent: 100 },
          ],
        }),
        signal,
      }),
      `The budget of ${group}`,
    );
  }
}
