import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { askFor, sendRequest } from '../support/infrastructure.ts';

const openWindow = windows();

/** No other run asks for the same. */
const name = `billed-${Date.now().toString(36)}`;

/** The catalog reads what there is now and then, and then bills are allocated anew. */
const foundMs = 180_000;

/** The tags that the platform put on what is shown, by their names. */
async function tagsOn(page: Page): Promise<Record<string, string>> {
  const tags = page.getByRole('region', { name: 'Tags', exact: true });
  const names = await tags.locator('dt').allTextContents();
  const values = await tags.locator('dd').allTextContents();
  return Object.fromEntries(
    names.map((title, index) => [
      title.toLowerCase().replaceAll(' ', '-'),
      values[index],
    ]),
  );
}

const monthBefore = (months: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1))
    .toISOString()
    .slice(0, 10);
};

/** A bill of last month in which one thing with these tags costs an amount. */
function billOf(tags: Record<string, string>, amount: string): string {
  const start = monthBefore(1);
  const row: Record<string, string> = {
    BilledCost: amount,
    EffectiveCost: amount,
    ListCost: amount,
    ContractedCost: amount,
    BillingCurrency: 'USD',
    BillingPeriodStart: start,
    BillingPeriodEnd: monthBefore(0),
    ChargePeriodStart: start,
    ChargePeriodEnd: `${start.slice(0, 8)}02`,
    ChargeCategory: 'Usage',
    ServiceName: 'Databases by request',
    ProviderName: 'Larkspur',
    ResourceId: `database-${name}`,
    Tags: JSON.stringify(tags),
  };
  const quoted = Object.values(row).map(
    value => `"${value.replaceAll('"', '""')}"`,
  );
  return `${Object.keys(row).join(',')}\n${quoted.join(',')}\n`;
}

/** Hands a bill in as its provider would. */
async function handIn(bill: string): Promise<void> {
  const { billToken } = await loadSecrets();
  const headers = { authorization: `Bearer ${billToken}` };
  const response = await fetch(
    `${portalUrl}/api/costs/imports?source=${name}&filename=${name}.csv`,
    {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: bill,
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

test(
  'what was estimated when somebody asked stands beside what a bill says of it, found by its tags',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await askFor(page, {
      offering: 'postgres-database',
      component: 'payments-gateway',
      name,
      environment: 'staging',
      reason: 'Its bill is to be compared with what was estimated.',
    });
    await sendRequest(page);
    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('button', { name: 'Reveal Password' }).waitFor();
    const cost = page.getByRole('region', { name: 'Cost', exact: true });
    await cost.getByText(/No bill names it yet/).waitFor();
    const estimate = await cost.getByText(/a month$/).textContent();

    const tags = await tagsOn(page);
    assert.equal(tags.component, 'component:default/payments-gateway');
    assert.match(tags['request-id'], /^[0-9a-f-]{36}$/);
    await handIn(billOf(tags, '1234.0000000001'));

    const billed = cost.getByRole('list', { name: 'Billed by month' });
    const deadline = Date.now() + foundMs;
    while ((await billed.count()) === 0) {
      assert.ok(Date.now() < deadline, 'the bill stands on the page');
      await page.reload();
      await cost.getByText(/No bill names it yet|All its costs/).waitFor();
    }
    await billed.getByText('$1,234', { exact: true }).waitFor();
    await billed.getByText(/% above the estimate$/).waitFor();
    assert.equal(await cost.getByText(/a month$/).textContent(), estimate);
    assert.deepEqual(await violationsOn(page), []);

    // From there to everything that is billed of it.
    await cost.getByRole('link', { name: 'All its costs' }).click();
    await page.getByText('Adds up to the last digit').waitFor();
  },
);
