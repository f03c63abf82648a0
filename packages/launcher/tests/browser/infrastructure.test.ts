import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import {
  launchBrowser,
  noBrowser,
  openWindow,
  signInAs,
  violationsOn,
} from '../support/browser.ts';

const component = 'payments-gateway';
const offering = 'postgres-database';
const form = `/infrastructure/offerings/${offering}/request`;

/** No other run asks for the same. */
const mark = Date.now().toString(36);
const stagingName = `orders-${mark}`;
const productionName = `ledger-${mark}`;

let browser: Browser;

before(async () => {
  if (!noBrowser) browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
});

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Fills in the form for a database of the component, and sends it. */
async function ask(page: Page, name: string, environment: string) {
  await page.goto(`${form}?component=component:default/${component}`);
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await choose(page, 'Environment', environment);
  await choose(page, 'Data class', /^Internal/);
  await page
    .getByRole('textbox', { name: 'Reason' })
    .fill('It keeps the orders of the new shop.');
  await page
    .getByText(/a month$/)
    .first()
    .waitFor();
}

async function send(page: Page) {
  await page.getByRole('button', { name: 'Request it' }).click();
  await page.waitForURL(/\/infrastructure\/requests\/[0-9a-f-]{36}$/);
}

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

test(
  'a developer asks for a database in staging, and connects with what it gives',
  { skip: noBrowser },
  async () => {
    const page = await openWindow(browser);
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto(`/infrastructure/offerings/${offering}`);
    await page.getByRole('link', { name: 'Request it' }).waitFor();
    await ask(page, stagingName, 'staging');
    await page.getByText(/Nobody has to approve it/).waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await send(page);

    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('button', { name: 'Reveal Password' }).waitFor();
    // What the form's fields announced names elements of the form for some
    // seconds; axe would look for them here.
    await page.reload();
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

    await page.goto(`/catalog/default/component/${component}`);
    await page
      .getByRole('region', { name: 'Infrastructure' })
      .getByRole('link', { name: stagingName })
      .waitFor();
    await page.context().close();
  },
);

test(
  'the same in production waits for a lead, who sees what it is about and approves',
  { skip: noBrowser },
  async () => {
    const page = await openWindow(browser);
    await signInAs(page, 'amara', 'Amara Okafor');
    await ask(page, productionName, 'production');
    await page.getByText(/It would wait until people approve it/).waitFor();
    await send(page);
    await page.getByText('Waits for approval').first().waitFor();
    const address = page.url();
    assert.equal(
      await page.getByRole('button', { name: 'Approve this plan' }).count(),
      0,
    );

    const lead = await openWindow(browser);
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
    await lead.context().close();

    // Who asked sees it without a reload.
    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('heading', { name: productionName }).waitFor();
    await page.getByText('Ready').first().waitFor();
    await page.context().close();
  },
);

/** Each page, and what stands on it once it has what it shows. */
const pages: [path: string, sign: (page: Page) => Promise<void>][] = [
  [
    '/infrastructure/offerings',
    page => page.getByRole('article').first().waitFor(),
  ],
  [
    `/infrastructure/offerings/${offering}`,
    page => page.getByText('When to use it').waitFor(),
  ],
  [form, page => page.getByRole('textbox', { name: /^Name/ }).waitFor()],
  [
    '/infrastructure/requests',
    page => page.getByRole('table', { name: 'Requests' }).waitFor(),
  ],
  [
    '/infrastructure/resources',
    page => page.getByRole('table', { name: 'Resources' }).waitFor(),
  ],
  [
    '/infrastructure/orphans',
    page => page.getByRole('heading', { name: 'Without a record' }).waitFor(),
  ],
  [
    `${form}?existing=`,
    page =>
      page.getByRole('textbox', { name: 'What it is', exact: true }).waitFor(),
  ],
  [
    '/infrastructure/audit',
    page => page.getByRole('table', { name: 'Audit trail' }).waitFor(),
  ],
];

/** Opens a request and a resource of the list, whichever come first. */
async function openFirst(page: Page, list: string) {
  await page.goto(list);
  await page.getByRole('rowheader').getByRole('link').first().click();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
}

const lists = ['/infrastructure/requests', '/infrastructure/resources'];

function everyPage(scheme: 'light' | 'dark') {
  test(
    `${scheme}: infrastructure is for everyone`,
    { skip: noBrowser },
    async t => {
      const page = await openWindow(browser, { scheme });
      await signInAs(page, 'priya', 'Priya Raman');
      for (const [path, sign] of pages) {
        await t.test(path, async () => {
          await page.goto(path);
          await sign(page);
          await page.waitForLoadState('networkidle');
          assert.deepEqual(await violationsOn(page), []);
        });
      }
      for (const list of lists) {
        await t.test(`the first of ${list}`, async () => {
          await openFirst(page, list);
          assert.deepEqual(await violationsOn(page), []);
        });
      }
      await page.context().close();
    },
  );
}

everyPage('light');
everyPage('dark');

test(
  'narrow: no page of infrastructure is wider than the screen',
  { skip: noBrowser },
  async t => {
    const page = await openWindow(browser, { width: 390 });
    await signInAs(page, 'priya', 'Priya Raman');
    const fits = async () => {
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth,
      );
      assert.ok(width <= 390, `the page is ${width} pixels wide`);
    };
    for (const [path, sign] of pages) {
      await t.test(path, async () => {
        await page.goto(path);
        await sign(page);
        await fits();
      });
    }
    for (const list of lists) {
      await t.test(`the first of ${list}`, async () => {
        await openFirst(page, list);
        await fits();
      });
    }
    await page.context().close();
  },
);
