import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { openDatabase } from '../../src/postgres/database.ts';
import { loadSecrets } from '../../src/secrets.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { areForEveryone } from '../support/pages.ts';

const openWindow = windows();
const component = 'payments-gateway';
const tab = `/catalog/default/component/${component}/golden-path`;
const askButton = (page: Page) =>
  page.getByRole('button', { name: 'Ask for an exception' });

/** As if its last day had gone by: nobody can wait for that, and no clock of the portal can be set. */
async function letDayGoBy(id: string): Promise<void> {
  const { stop: _, ...connection } = await openDatabase(await loadSecrets());
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update "golden-paths".exceptions set until = current_date - 2 where id = $1`,
      [id],
    );
    assert.equal(rowCount, 1);
  } finally {
    await client.end();
  }
}

/** Asks for an exception, and opens its page. */
async function ask(page: Page): Promise<string> {
  await page.goto(tab);
  await askButton(page).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: 'Ask the platform team' });
  assert.ok(await send.isDisabled(), 'nothing is asked without a reason');
  await dialog
    .getByRole('textbox', { name: /^Why/ })
    .fill('It is replaced in spring, and changed no more.');
  assert.deepEqual(await violationsOn(page), []);
  await send.click();
  await dialog.waitFor({ state: 'detached' });
  await page
    .locator('#content')
    .getByRole('link', { name: /^Until / })
    .click();
  await page.waitForURL(/\/golden-paths\/exceptions\/[0-9a-f-]{36}$/);
  return page.url();
}

test(
  'a service is let off its golden path, by somebody else, until a day',
  { skip: noBrowser },
  async t => {
    const amara = await openWindow();
    await signInAs(amara, 'amara', 'Amara Okafor');
    const exception = await ask(amara);
    await amara.getByRole('button', { name: 'Take it back' }).waitFor();
    assert.equal(
      await amara.getByRole('button', { name: 'Grant it' }).count(),
      0,
      'who asks does not decide',
    );

    const sofia = await openWindow();
    await signInAs(sofia, 'sofia', 'Sofia');
    await sofia.goto(exception);
    await sofia.getByText('Why it is asked for').waitFor();
    assert.deepEqual(
      await sofia
        .locator('#content')
        .getByRole('button')
        .filter({ hasText: /it/ })
        .allTextContents(),
      [],
      'a viewer reads',
    );

    const priya = await openWindow();
    await signInAs(priya, 'priya', 'Priya Raman');
    await areForEveryone(t, priya, [
      [exception, on => on.getByRole('button', { name: 'Grant it' }).waitFor()],
    ]);
    await priya.getByRole('textbox', { name: 'Comment' }).fill('Until then.');
    await priya.getByRole('button', { name: 'Grant it' }).click();
    await priya.getByText(/^It holds to the end of .* in UTC\./).waitFor();

    await areForEveryone(t, amara, [
      [tab, on => on.getByRole('link', { name: /^Until / }).waitFor()],
      [exception, on => on.getByText('Until then.').waitFor()],
      [
        '/golden-paths/exceptions',
        on =>
          on
            .getByRole('table', { name: 'Exceptions' })
            .getByRole('row', { name: /Payments gateway.*Granted/ })
            .first()
            .waitFor(),
      ],
    ]);
    await amara.goto(tab);
    await amara.getByRole('link', { name: /^Until / }).waitFor();
    assert.equal(await askButton(amara).count(), 0, 'one at a time');

    await t.test('it is over by itself after its day', async () => {
      await letDayGoBy(exception.slice(-36));
      await amara.goto(exception);
      await amara.getByText('Over', { exact: true }).first().waitFor();
      await amara.goto(tab);
      await amara.getByText(/^The last one was until/).waitFor();
      await askButton(amara).waitFor();
    });

    await t.test('who asked takes the next one back', async () => {
      const next = await ask(amara);
      assert.notEqual(next, exception);
      await amara.getByRole('button', { name: 'Take it back' }).click();
      await amara.getByText(/^Ended by/).waitFor();
      assert.deepEqual(await violationsOn(amara), []);
    });
  },
);
