import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';

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
}): Record<string, string> {
  const { amount, currency = 'USD', period, day, tags } = charge;
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
  };
}

function csvOf(row: Record<string, string>): string {
  const quoted = Object.values(row).map(
    value => `"${value.replaceAll('"', '""')}"`,
  );
  return `${Object.keys(row).join(',')}\n${quoted.join(',')}\n`;
}

/** Hands in a bill of one row as its provider would, and waits until it counts. */
export async function handIn(
  source: string,
  row: Record<string, string>,
): Promise<void> {
  const { billToken } = await loadSecrets();
  const headers = { authorization: `Bearer ${billToken}` };
  const response = await fetch(
    `${portalUrl}/api/costs/imports?source=${source}&filename=${source}.csv`,
    {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: csvOf(row),
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
