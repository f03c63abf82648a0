import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargeOf, handIn, lastDays } from '../support/bills.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { isForEveryone } from '../support/pages.ts';
import { callAs } from '../support/people.ts';

const openWindow = windows();

/** No other run hands in the same. */
const source = `overdrawn-${Date.now().toString(36)}`;

/** No other bill is in it, so that no other test meets these. */
const currency = 'SEK';

const [yesterday] = lastDays(1);

/** Of a year that begins today nothing can be billed. */
const isNewYear = yesterday.day.end.endsWith('-01-01');

test(
  'a budget is set on its page, a bill overdraws it, and the owner hears of it',
  { skip: noBrowser || (isNewYear && 'nothing of this year is over') },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'jonas', 'Jonas Weber');
    await page.goto('/costs/budgets?entityRef=group:default/ledger');
    const dialog = page.getByRole('dialog');
    // Light is the last, and the dialog of then is filled in: another scheme closes it.
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: 'Set a budget' }).click();
      await dialog.getByLabel('Amount').waitFor();
      assert.deepEqual(await violationsOn(page), [], `in the ${colorScheme}`);
    }
    await dialog.getByLabel('Amount').fill('1000');
    await dialog.getByLabel('Currency').fill(currency);
    await dialog.getByRole('button', { name: /For how long/ }).click();
    await page.getByRole('option', { name: /year/i }).click();
    await dialog.getByRole('button', { name: 'Set it' }).click();
    const budget = page
      .getByRole('article')
      .filter({ hasText: /1,000/ })
      .filter({ hasText: /kr|SEK/ });
    await budget.waitFor();

    await handIn(
      source,
      chargeOf({
        amount: '1200.5',
        currency,
        ...yesterday,
        serviceName: 'Surprises',
        resourceId: source,
        tags: { component: 'component:default/payments-gateway' },
      }),
    );
    // It looks by itself every five minutes.
    const looked = await callAs(
      'platform-engineer',
      '/api/costs/.backstage/scheduler/v1/tasks/costs-budgets/trigger',
      { method: 'POST' },
    );
    assert.equal(looked.status, 200);
    await page.goto('/notifications');
    const notice = page.getByRole('link', {
      name: /has spent 100 % of its budget of \d{4}/,
    });
    await notice.first().waitFor();
    await notice.first().click();
    await isForEveryone(page, () => budget.getByText(/Over/).first().waitFor());

    // As it was, for whoever looks next.
    await budget.getByRole('button', { name: /Change the budget/ }).click();
    await dialog.getByRole('button', { name: 'End this budget' }).click();
    await budget.waitFor({ state: 'detached' });
  },
);
