import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  launchBrowser,
  noBrowser,
  openWindow,
  signInAs,
  violationsOn,
} from '../support/browser.ts';

const component = 'payments-gateway';
const form = '/infrastructure/offerings/postgres-database/request';

/** No other run asks for the same. */
const name = `ledger-${Date.now().toString(36)}`;

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

/** Asks for a database in production without backups, which a rule denies. */
async function askWithoutBackups(page: Page) {
  await page.goto(`${form}?component=component:default/${component}`);
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await choose(page, 'Environment', 'production');
  await choose(page, 'Data class', /^Internal/);
  await page.getByText('Daily backups').first().click();
  await page
    .getByText(/a month$/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Request it' }).click();
  await page.waitForURL(/\/infrastructure\/requests\/[0-9a-f-]{36}$/);
}

/** Looks at a page in light and dark, wide and narrow, with what stands on it once it has what it shows. */
async function isForEveryone(
  page: Page,
  path: string,
  sign: (page: Page) => Promise<void>,
) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await sign(page);
    assert.deepEqual(await violationsOn(page), [], `${colorScheme} ${path}`);
  }
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 900 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${path} is ${width} pixels wide`);
  if (wide) await page.setViewportSize(wide);
}

/** Each page, and what stands on it once it has what it shows. */
const pages: [path: string, sign: (page: Page) => Promise<void>][] = [
  [
    '/infrastructure/exceptions',
    page => page.getByRole('table', { name: 'Exceptions' }).waitFor(),
  ],
  [
    '/infrastructure/compliance',
    page => page.getByRole('list', { name: 'Findings' }).waitFor(),
  ],
  [
    '/infrastructure/compliance/replay?from=2026-01-01',
    page => page.getByRole('button', { name: 'Make them again' }).waitFor(),
  ],
  [
    '/infrastructure/requests/stand-ins',
    page => page.getByRole('button', { name: 'Name them' }).waitFor(),
  ],
];

test(
  'what a rule denies is let be by an exception, which the decision names',
  { skip: noBrowser },
  async t => {
    const page = await openWindow(browser);
    await signInAs(page, 'amara', 'Amara Okafor');
    await askWithoutBackups(page);
    await page.getByText('Denied').first().waitFor();
    await page.getByRole('button', { name: 'Ask for an exception' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: /^Why/ })
      .fill('It is a copy that is made anew every night.');
    assert.deepEqual(await violationsOn(page), []);
    await dialog.getByRole('button', { name: 'Ask the platform team' }).click();
    await page.waitForURL(/\/infrastructure\/exceptions\/[0-9a-f-]{36}$/);
    const exception = page.url();
    await page.getByText('Waits for a decision').waitFor();
    assert.equal(
      await page.getByRole('button', { name: 'Grant it' }).count(),
      0,
    );

    const priya = await openWindow(browser);
    await signInAs(priya, 'priya', 'Priya Raman');
    await t.test('its page is for everyone', () =>
      isForEveryone(priya, exception, on =>
        on.getByRole('button', { name: 'Grant it' }).waitFor(),
      ),
    );
    await priya.getByRole('textbox', { name: 'Comment' }).fill('For a month.');
    await priya.getByRole('button', { name: 'Grant it' }).click();
    await priya.getByText(/It holds until the end of/).waitFor();

    await askWithoutBackups(page);
    await page.getByText(/^Allowed by exception \d+ until/).waitFor();
    await page.getByText('Waits for approval').first().waitFor();
    await page.getByRole('button', { name: 'See what would differ' }).click();
    await page
      .getByText(/It would be the same/)
      .first()
      .waitFor();
    await t.test('the decision is for everyone', async () => {
      assert.deepEqual(await violationsOn(page), []);
    });
    await page.context().close();

    for (const [path, sign] of pages) {
      await t.test(path, () => isForEveryone(priya, path, sign));
    }
    await t.test('a stand-in is named', async () => {
      await priya.goto('/infrastructure/requests/stand-ins');
      const who = priya.getByRole('combobox', { name: 'Who' });
      await who.fill('Jonas');
      await priya.getByRole('option', { name: /Jonas/ }).first().click();
      await priya.getByRole('button', { name: 'Name them' }).click();
      await priya
        .getByRole('table', { name: 'Stand-ins' })
        .getByRole('button', { name: 'End it' })
        .first()
        .click();
    });
    await t.test('the trail is whole', async () => {
      await priya.goto('/infrastructure/audit');
      await priya.getByRole('button', { name: 'Check the chain' }).click();
      await priya.getByText(/^Whole: \d+ entries/).waitFor();
      assert.deepEqual(await violationsOn(priya), []);
    });
    await priya.context().close();
  },
);
