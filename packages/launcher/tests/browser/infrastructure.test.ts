import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import type { Page } from 'playwright-core';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { askFor, formOf, sendRequest } from '../support/infrastructure.ts';
import {
  areForEveryone,
  saying,
  table,
  type PageToSee,
} from '../support/pages.ts';

const component = 'payments-gateway';
/** As the catalog calls it. */
const componentTitle = 'Payments gateway';
const offering = 'postgres-database';
const form = formOf(offering);

/** No other run asks for the same. */
const mark = Date.now().toString(36);
const stagingName = `orders-${mark}`;
const productionName = `ledger-${mark}`;

const openWindow = windows();

/** Fills in the form for a database of the component. */
const ask = (page: Page, name: string, environment: string) =>
  askFor(page, {
    offering,
    component,
    name,
    environment,
    reason: 'It keeps the orders of the new shop.',
  });

/** The value of an output on the page of a resource. */
async function outputOf(page: Page, title: string): Promise<string> {
  const value = await page
    .locator('dt', { hasText: new RegExp(`^${title}$`) })
    .locator('xpath=following-sibling::dd')
    .locator('code')
    .textContent();
  assert.ok(value, `${title} stands on the page`);
  return value;
}

/** The one line that a database answers whoever holds its credentials. */
async function connectedAs(options: pg.ClientConfig): Promise<unknown> {
  const client = new pg.Client({
    ...options,
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query('create table kept (word text)');
    await client.query("insert into kept values ('here')");
    const { rows } = await client.query(
      'select word, current_database() as database from kept',
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Opens what changes a resource, from its page, and leaves it again. */
async function changesAreForEveryone(page: Page): Promise<void> {
  for (const change of ['Extend', 'Transfer', 'Destroy']) {
    await page.getByRole('button', { name: change, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).waitFor();
    assert.deepEqual(await violationsOn(page), [], change);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  await page.getByRole('link', { name: 'Update', exact: true }).click();
  await page.getByRole('button', { name: 'Request the update' }).waitFor();
  assert.deepEqual(await violationsOn(page), [], 'Update');
}

test(
  'a developer asks for a database in staging, and connects with what it gives',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto(`/infrastructure/offerings/${offering}`);
    await page.getByRole('link', { name: 'Request it' }).waitFor();
    await ask(page, stagingName, 'staging');
    await page.getByText(/Nobody has to approve it/).waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await sendRequest(page);

    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('button', { name: 'Reveal Password' }).waitFor();
    await page.getByRole('button', { name: 'Reveal Password' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It is shown once').waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await dialog.getByRole('button', { name: 'Show it once' }).click();
    const password = await dialog.getByTestId('secret').textContent();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText(/and forgotten since/).waitFor();

    const database = await outputOf(page, 'Database');
    assert.deepEqual(
      await connectedAs({
        host: await outputOf(page, 'Host'),
        port: Number(await outputOf(page, 'Port')),
        database,
        user: await outputOf(page, 'User'),
        password: password ?? '',
      }),
      { word: 'here', database },
    );
    await changesAreForEveryone(page);

    await page.goto(`/catalog/default/component/${component}`);
    await page
      .getByRole('region', { name: 'Infrastructure' })
      .getByRole('link', { name: stagingName })
      .waitFor();
  },
);

test(
  'the same in production waits for a lead, who sees what it is about and approves',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await ask(page, productionName, 'production');
    await page.getByText(/It would wait until people approve it/).waitFor();
    await sendRequest(page);
    await page.getByText('Waits for approval').first().waitFor();
    const address = page.url();
    assert.equal(
      await page.getByRole('button', { name: 'Approve this plan' }).count(),
      0,
    );

    const lead = await openWindow();
    await signInAs(lead, 'jonas', 'Jonas Weber');
    await lead.goto('/infrastructure/requests?view=approvals');
    await lead.getByRole('link', { name: `Create ${productionName}` }).click();
    assert.equal(lead.url(), address);
    for (const part of [
      'Plan',
      'Decision',
      'What it costs',
      'Blast radius',
      'Approval',
    ]) {
      await lead.getByRole('region', { name: part, exact: true }).waitFor();
    }
    assert.deepEqual(await violationsOn(lead), []);
    await lead.getByRole('textbox', { name: 'Comment' }).fill('Looks right.');
    await lead.getByRole('button', { name: 'Approve this plan' }).click();
    await lead.getByRole('link', { name: 'Open the resource' }).waitFor();

    // Who asked sees it without a reload.
    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('heading', { name: productionName }).waitFor();
    await page.getByText('Ready').first().waitFor();
  },
);

test(
  'the end of what is in production is asked for by its name, in sight of who would feel it',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto('/infrastructure/resources');
    await page.getByRole('link', { name: productionName }).click();
    await page.getByRole('button', { name: 'Destroy', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const felt = dialog
      .getByRole('listitem')
      .filter({ hasText: componentTitle });
    await felt.getByRole('link', { name: 'Ledger' }).waitFor();
    await felt.getByText('(on call: PagerDuty service').waitFor();

    const end = dialog.getByRole('button', { name: 'Request its end' });
    const name = dialog.getByRole('textbox', { name: 'Name' });
    for (const typed of ['', stagingName, `${productionName}x`]) {
      await name.fill(typed);
      assert.equal(await end.isDisabled(), true, `"${typed}"`);
    }
    await name.fill(productionName);
    assert.deepEqual(await violationsOn(page), []);
    await end.click();

    await page.waitForURL(/\/infrastructure\/requests\/[0-9a-f-]{36}$/);
    await page.getByText('Waits for approval').first().waitFor();
    await page
      .getByRole('region', { name: 'Blast radius' })
      .getByRole('link', { name: componentTitle })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByText('Cancelled').first().waitFor();
  },
);

/** A request and a resource of the list, whichever come first. */
const first = [
  page => page.getByRole('heading', { level: 2 }).first().waitFor(),
  page => page.getByRole('rowheader').getByRole('link').first().click(),
] as const satisfies readonly [PageToSee[1], PageToSee[2]];

/** The newest judgement of a resource. */
const evidence = [
  page => page.getByRole('region', { name: 'What each rule found' }).waitFor(),
  page => page.getByRole('link', { name: 'Evidence' }).first().click(),
] as const satisfies readonly [PageToSee[1], PageToSee[2]];

const pages: PageToSee[] = [
  [
    '/infrastructure/offerings',
    page => page.getByRole('article').first().waitFor(),
  ],
  [`/infrastructure/offerings/${offering}`, saying('When to use it')],
  [form, page => page.getByRole('textbox', { name: /^Name/ }).waitFor()],
  ['/infrastructure/requests', table('Requests')],
  ['/infrastructure/requests', ...first],
  ['/infrastructure/resources', table('Resources')],
  ['/infrastructure/resources', ...first],
  [
    '/infrastructure/orphans',
    page => page.getByRole('heading', { name: 'Without a record' }).waitFor(),
  ],
  [
    `${form}?existing=`,
    page =>
      page.getByRole('textbox', { name: 'What it is', exact: true }).waitFor(),
  ],
  ['/infrastructure/audit', table('Audit trail')],
  [
    `/catalog/default/resource/${stagingName}-staging-${offering}/infrastructure`,
    page => page.getByRole('region', { name: 'What depends on it' }).waitFor(),
  ],
  ['/infrastructure/compliance', ...evidence],
];

test('infrastructure is for everyone', { skip: noBrowser }, async t => {
  const page = await openWindow();
  await signInAs(page, 'priya', 'Priya Raman');
  await areForEveryone(t, page, pages);
});
