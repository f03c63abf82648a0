import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fs from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { billsUntil } from '../../src/demo/bills/bills.ts';
import { deliverBills } from '../../src/demo/bills/deliver.ts';
import { setDemoBudgets } from '../../src/demo/bills/budgets.ts';
import { setBillRates } from '../../src/demo/bills/rates.ts';
import { setBillRules } from '../../src/demo/bills/rules.ts';
import { readEstate } from '../../src/demo/bills/estate.ts';
import { amountText } from '../../src/demo/bills/focus.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';
import { chargeOf, csvOf, handIn, lastDays } from '../support/bills.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import {
  areForEveryone,
  isForEveryone,
  saying,
  table,
  type PageToSee,
} from '../support/pages.ts';
import { callAs } from '../support/people.ts';

const openWindow = windows();

/** No other run hands in the same. */
const run = Date.now().toString(36);

/** It is looked for anomalies by itself, too: a look that is asked for may wait for that. */
const foundMs = 120_000;

/** Of the demo's bills, those of the last months: enough to be compared. */
const newest = 3;
/** The end of the story: a day of a month that is not over. */
const today = new Date();
const until = Date.UTC(
  today.getUTCFullYear(),
  today.getUTCMonth(),
  // On the first of a month nothing of it would be billed.
  Math.max(2, today.getUTCDate()),
);

async function billsNow() {
  const all = [...billsUntil(await readEstate(), until)];
  const months = [...new Set(all.map(({ month }) => month))].slice(-newest);
  return all.filter(({ month }) => months.includes(month));
}

before(async () => {
  if (noBrowser) return;
  const bills = await billsNow();
  const { billToken } = await loadSecrets();
  const door = { url: portalUrl, token: billToken };
  await setBillRules(door, until);
  await setBillRates(door, until);
  const told = await deliverBills({
    door,
    bills,
    count: bills.length,
    onProgress: () => undefined,
  });
  assert.equal(told.files, bills.length);
  await setDemoBudgets(door, until);
});

async function director(): Promise<Page> {
  const page = await openWindow();
  await signInAs(page, 'priya', 'Priya Raman');
  return page;
}

const drawn = (page: Page) =>
  page.locator('.recharts-bar-rectangle').first().waitFor();

const counted = saying('Adds up to the last digit');

/** Each page with much data and with none, and what stands on it once it has what it shows. */
const pages: readonly PageToSee[] = [
  [
    '/costs/overview',
    async page => {
      await saying('Adds up to the last digit')(page);
      await drawn(page);
    },
  ],
  ['/costs/overview?month=2001-01', saying(/is billed of January 2001/)],
  ['/costs/overview?currency=EUR', saying('Adds up to the last digit')],
  ['/costs/overview?into=USD', saying(/^Converted into USD by \d+ rates/)],
  [
    '/costs/observability',
    async page => {
      await table('Observability by team')(page);
      await drawn(page);
    },
  ],
  ['/costs/rates', table('Exchange rates')],
  [
    '/costs/explorer?groupBy=ServiceName&period=3-months',
    async page => {
      await table('Costs by row')(page);
      await drawn(page);
    },
  ],
  [
    '/costs/explorer?period=custom&first=2001-01-01&last=2001-01-02',
    saying(/there is no charge at all/),
  ],
  ['/costs/anomalies?verdict=muted', saying('There is none of these.')],
  ['/costs/recommendations?state=dismissed', saying('There is none of these.')],
  ['/costs/budgets', page => page.getByRole('article').nth(2).waitFor()],
  [
    '/costs/budgets?entityRef=group:default/developer-platform',
    saying('No budget is set'),
  ],
  [
    '/costs/overview?by=ServiceName',
    page => page.getByRole('table', { name: /^What changed of/ }).waitFor(),
    page => page.getByRole('button', { name: /^Why / }).first().click(),
  ],
  ['/costs/imports', table('Bills that count')],
  ['/costs/rules', saying(/Why charges are nobody/)],
  ['/catalog/default/group/ledger/costs', counted],
  ['/catalog/default/system/shop/costs', counted],
  ['/catalog/default/component/payments-gateway/costs', counted],
];

test('costs are for everyone', { skip: noBrowser }, async t => {
  await areForEveryone(t, await director(), pages);
});

test(
  'the page shows what the invoice says, to the last digit',
  { skip: noBrowser },
  async () => {
    const page = await director();
    await page.goto('/costs/imports');
    const rows = page.getByRole('table', { name: 'Bills that count' });
    await rows.waitFor();
    for (const { provider, total, currency, month } of await billsNow()) {
      const [whole, fraction] = amountText(total).split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
      const row = rows
        .getByRole('row')
        .filter({ hasText: provider })
        .filter({ hasText: `${currency} ${grouped}.${fraction}` });
      await row.first().waitFor();
      assert.ok((await row.count()) > 0, `${provider} ${month}`);
    }
  },
);

test(
  'a file is handed in on its page, counts, and is taken back for a reason',
  { skip: noBrowser },
  async () => {
    const page = await director();
    await page.goto('/costs/imports');
    const dialog = page.getByRole('dialog');
    // Light is the last, and the dialogs of then go on: another scheme closes them.
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: 'Hand in a bill' }).click();
      await dialog.getByLabel(/^Source/).waitFor();
      assert.deepEqual(await violationsOn(page), [], `in the ${colorScheme}`);
    }
    const name = `wrong-${run}.csv`;
    const [day] = lastDays(1);
    const charge = chargeOf({
      ...day,
      amount: '7.0000000001',
      // No other bill is in it.
      currency: 'DKK',
      serviceName: 'Another company',
      resourceId: name,
      tags: {},
    });
    await dialog.getByLabel(/^Source/).fill(`wrong-${run}`);
    await dialog.getByLabel(/^FOCUS bill/).setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(csvOf([charge])),
    });
    await dialog.getByRole('button', { name: 'Hand it in' }).click();
    const takeBack = dialog.getByRole('button', {
      name: 'Take this import back',
    });
    await takeBack.waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await takeBack.click();
      await dialog.getByRole('table', { name: 'What will be gone' }).waitFor();
      await dialog.getByText('DKK 7.0000000001').first().waitFor();
      assert.deepEqual(await violationsOn(page), [], `in the ${colorScheme}`);
    }
    await dialog.getByLabel(/^Why/).fill('It is of another company');
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    const told = dialog.getByText(/“It is of another company”/);
    await told.waitFor();
    await isForEveryone(page, () => told.waitFor());
    const counting = await callAs(
      'platform-engineer',
      `/api/costs/bills?source=wrong-${run}`,
    );
    assert.deepEqual(await counting.json(), { items: [] });
    await page.keyboard.press('Escape');
    await page
      .getByRole('table', { name: 'Imports' })
      .getByRole('row')
      .filter({ hasText: name })
      .filter({ hasText: 'Taken back' })
      .waitFor();
  },
);

test(
  'an anomaly is found in a bill, explained, muted, and opened again',
  { skip: noBrowser },
  async () => {
    const name = `Odd jobs ${run}`;
    const days = lastDays(60);
    await handIn(
      `odd-${run}`,
      ...days.map((day, at) =>
        chargeOf({
          ...day,
          amount: at < days.length - 2 ? `${100 + (at % 3)}` : '900',
          serviceName: name,
          resourceId: `odd-${run}`,
          tags: { component: 'component:default/payments-gateway' },
        }),
      ),
    );
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    const link = page.getByRole('link', { name });
    const deadline = Date.now() + foundMs;
    do {
      assert.ok(Date.now() < deadline, 'the anomaly is found');
      await callAs(
        'platform-engineer',
        '/api/costs/.backstage/scheduler/v1/tasks/costs-anomalies/trigger',
        { method: 'POST' },
      );
      await page.goto('/costs/anomalies');
      await page
        .getByRole('table', { name: 'Anomalies' })
        .or(page.getByText('Nothing stands out that nobody explained'))
        .waitFor();
    } while ((await link.count()) === 0);
    await link.click();
    const dialog = page.getByRole('dialog');
    await isForEveryone(page, () =>
      dialog.getByRole('table', { name: 'What caused it' }).waitFor(),
    );
    const explain = dialog.getByRole('button', { name: 'Explain it' });
    const why = dialog.getByLabel('Why it was so');
    // What began with it may be explained already.
    await why.fill('');
    assert.ok(await explain.isDisabled(), 'a reason is needed');
    await why.fill('The books of the year were closed');
    await explain.click();
    await dialog.getByText('“The books of the year were closed”').waitFor();
    await why.fill('They are closed until Friday');
    await dialog.getByRole('button', { name: /^Mute th/ }).click();
    await dialog.getByText(/“They are closed until Friday”/).waitFor();
    await dialog.getByText(/muted until/).waitFor();
    const openAgain = dialog.getByRole('button', { name: 'Open it again' });
    await openAgain.click();
    await openAgain.waitFor({ state: 'detached' });
  },
);

test(
  'from what nobody owns to its charges, and to a file of just these rows',
  { skip: noBrowser },
  async () => {
    const page = await director();
    await page.goto('/costs/overview');
    await page.getByRole('link', { name: 'reporting-legacy' }).first().click();
    const rows = page.getByRole('table', { name: 'Costs by row' });
    await rows.waitFor();
    // The rows of before the last step into them stand there until these are read.
    await page.waitForLoadState('networkidle');
    const shown = await rows.getByRole('rowheader').count();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'These rows as CSV' }).click(),
    ]);
    const text = await fs.readFile(await download.path(), 'utf8');
    assert.equal(text.trimEnd().split('\r\n').length - 1, shown);
    assert.match(page.url(), /filter=ResourceName/);
  },
);

test(
  'rules are changed by hand: their effect is seen first, and then they are in force',
  { skip: noBrowser },
  async () => {
    const page = await director();
    await page.goto('/costs/rules');
    const count = () => page.getByRole('button', { name: /^Remove: / }).count();
    await page.getByRole('button', { name: 'Add a rule', exact: true }).click();
    const rulesBefore = await count();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add it to the draft' }).click();
    await dialog.getByText('Say what the rule is for').waitFor();
    await dialog.getByLabel('Title').fill('Everything else is Fulfilment’s');
    await dialog
      .getByRole('button', { name: /How it finds who bears a charge/ })
      .click();
    await page.getByRole('option', { name: /All of it is of one/ }).click();
    await dialog
      .getByRole('combobox', { name: /Who bears it/ })
      .fill('fulfilment');
    await page
      .getByRole('option', { name: /fulfilment/i })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Add it to the draft' }).click();
    await page.getByText(/^Added “Everything else/).waitFor();
    await page.getByRole('button', { name: 'Show what changes' }).click();
    await page.getByRole('table', { name: 'Who bears more or less' }).waitFor();
    await page
      .getByRole('textbox', { name: 'Why' })
      .fill('Nothing is to be nobody’s');
    await page.getByRole('button', { name: 'Put it in force' }).click();
    const changes = page.getByRole('table', { name: 'Changes of rules' });
    await changes
      .getByRole('row')
      .filter({ hasText: 'Nothing is to be nobody’s' })
      .filter({ hasText: 'In force' })
      .waitFor();
    await page
      .getByRole('button', { name: 'Remove: Everything else is Fulfilment’s' })
      .waitFor();
    assert.equal(await count(), rulesBefore + 1);
    // As it was, for whoever looks next.
    await page
      .getByRole('button', { name: 'Remove: Everything else is Fulfilment’s' })
      .click();
    await page.getByRole('button', { name: 'Show what changes' }).click();
    await page.getByRole('table', { name: 'Who bears more or less' }).waitFor();
    await page.getByRole('textbox', { name: 'Why' }).fill('As it was');
    await page.getByRole('button', { name: 'Put it in force' }).click();
    await changes
      .getByRole('row')
      .filter({ hasText: 'As it was' })
      .filter({ hasText: 'In force' })
      .waitFor();
  },
);

test(
  'a developer sees what the own team spends, and is offered no more',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto('/costs/overview');
    await page
      .getByText(/You see what your own groups spend/)
      .first()
      .waitFor();
    assert.equal(
      await page.getByRole('heading', { name: 'What nobody owns' }).count(),
      0,
    );
  },
);
