import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { askFor, sendRequest } from '../support/infrastructure.ts';
import { areForEveryone, table, type PageToSee } from '../support/pages.ts';

/** No other run asks for the same. */
const name = `ledger-${Date.now().toString(36)}`;

const openWindow = windows();

/**
 * Asks for a database in production without backups, which a rule denies.
 *
 * @returns the address of the request
 */
async function askWithoutBackups(page: Page): Promise<string> {
  await askFor(page, {
    offering: 'postgres-database',
    component: 'payments-gateway',
    name,
    environment: 'production',
    reason: 'It keeps the books of the new shop.',
  });
  await page.getByText('To be backed up').first().click();
  await sendRequest(page);
  return page.url();
}

/** Asks once more for what was asked for, with what was filled in then. */
async function askAgain(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('link', { name: 'Ask again' }).click();
  await page.getByText('Filled in as it was asked for before').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await sendRequest(page);
}

const pages: PageToSee[] = [
  ['/infrastructure/exceptions', table('Exceptions')],
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
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    const denied = await askWithoutBackups(page);
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

    const priya = await openWindow();
    await signInAs(priya, 'priya', 'Priya Raman');
    await areForEveryone(t, priya, [
      [exception, on => on.getByRole('button', { name: 'Grant it' }).waitFor()],
    ]);
    await priya.getByRole('textbox', { name: 'Comment' }).fill('For a month.');
    await priya.getByRole('button', { name: 'Grant it' }).click();
    await priya.getByText(/It holds until the end of/).waitFor();

    await askAgain(page, denied);
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
    await areForEveryone(t, priya, pages);
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
  },
);
