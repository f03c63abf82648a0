import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargeOf, handIn } from '../support/bills.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { askFor, sendRequest, tagsOn } from '../support/infrastructure.ts';

const openWindow = windows();

/** No other run asks for the same. */
const name = `billed-${Date.now().toString(36)}`;

/** The catalog reads what there is now and then, and then bills are allocated anew. */
const foundMs = 180_000;

/** The first day of this month, or of so many after it. */
const monthStart = (months: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
    .toISOString()
    .slice(0, 10);
};

/** What one thing with these tags has cost this month: before that it was not there. */
const chargedTo = (tags: Record<string, string>, amount: string) =>
  chargeOf({
    amount,
    period: { start: monthStart(0), end: monthStart(1) },
    day: { start: monthStart(0), end: `${monthStart(0).slice(0, 8)}02` },
    serviceName: 'Databases by request',
    resourceId: `database-${name}`,
    tags,
  });

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
    await handIn(name, chargedTo(tags, '1234.0000000001'));

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
