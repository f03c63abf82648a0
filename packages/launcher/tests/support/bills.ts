import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';

const dayMs = 86_400_000;

const dayText = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The month that a moment is in: its first day, and the day after its last. */
function monthOf(at: number): { start: string; end: string } {
  const date = new Date(at);
  const first = (months: number) =>
    dayText(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  return { start: first(0), end: first(1) };
}

/** Days up to yesterday, each with its billing period. */
export function lastDays(
  count: number,
): Pick<Parameters<typeof chargeOf>[0], 'period' | 'day'>[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.now() - (count - index) * dayMs;
    return {
      period: monthOf(at),
      day: { start: dayText(at), end: dayText(at + dayMs) },
    };
  });
}

/** A row of FOCUS in which one thing costs the same by all four costs. */
export function chargeOf(charge: {
  amount: string;
  currency?: string;
  /** The first day of the billing period, and the day after its last. */
  period: { start: string; end: string };
  /** The day of the charge, and the one after it. */
  day: { start: string; end: string };
  serviceName: string;
  resourceId: string;
  tags: Record<string, string>;
  /** Other columns of FOCUS. */
  also?: Record<string, string>;
}): Record<string, string> {
  const { amount, currency = 'USD', period, day, tags, also } = charge;
  return {
    BilledCost: amount,
    EffectiveCost: amount,
    ListCost: amount,
    ContractedCost: amount,
    BillingCurrency: currency,
    BillingPeriodStart: period.start,
    BillingPeriodEnd: period.end,
    ChargePeriodStart: day.start,
    ChargePeriodEnd: day.end,
    ChargeCategory: 'Usage',
    ServiceName: charge.serviceName,
    ProviderName: 'Larkspur',
    ResourceId: charge.resourceId,
    Tags: JSON.stringify(tags),
    ...also,
  };
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** A bill as a file: rows that all have the columns of the first. */
export function csvOf(rows: Record<string, string>[]): string {
  const lines = rows.map(row => Object.values(row).map(quoted).join(','));
  return `${[Object.keys(rows[0]).join(','), ...lines].join('\n')}\n`;
}

/** Hands in a bill of these rows as its provider would, and waits until it counts. */
export async function handIn(
  source: string,
  ...rows: Record<string, string>[]
): Promise<void> {
  const { billToken } = await loadSecrets();
  const headers = { authorization: `Bearer ${billToken}` };
  const response = await fetch(
    `${portalUrl}/api/costs/imports?source=${source}&filename=${source}.csv`,
    {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: csvOf(rows),
    },
  );
  let one = (await response.json()) as { id: string; state: string };
  while (!['done', 'failed'].includes(one.state)) {
    await delay(200);
    const asked = await fetch(`${portalUrl}/api/costs/imports/${one.id}`, {
      headers,
    });
    one = (await asked.json()) as typeof one;
  }
  assert.equal(one.state, 'done');
}
