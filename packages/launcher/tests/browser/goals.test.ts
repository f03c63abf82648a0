import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { bringIn } from '../support/bringIn.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { deliveriesOf } from '../support/deliveries.ts';
import { areForEveryone } from '../support/pages.ts';
import { callAs } from '../support/people.ts';

/** A team, and a component of it, that no other test delivers. */
const team = 'ledger';
const component = 'bank-file-parser';
const day = 86_400_000;

const teamPage = `/catalog/default/group/${team}/delivery`;
const organisationPage = '/dora/metrics?period=90d';

const openWindow = windows();

const dateOf = (instant: number) =>
  new Date(instant).toISOString().slice(0, 10);

async function setGoal(goal: object): Promise<void> {
  const response = await callAs('platform-engineer', '/api/dora/goals', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entityRef: `group:default/${team}`, ...goal }),
  });
  // Set already by an earlier run.
  assert.ok([201, 409].includes(response.status), await response.text());
}

before(async () => {
  if (noBrowser) return;
  const lines = deliveriesOf(
    {
      service: component,
      perWeek: [4, 12],
      failing: [0.4, 0.1],
      leadHours: [90, 12],
    },
    { end: Date.now(), weeks: 26, seed: 7 },
  );
  const waiting = {
    type: 'change',
    id: 'still-waiting',
    service: component,
    number: '9000',
    title: 'Explain the health check',
    author: 'mei',
    url: 'https://git.larkspur.example/pull/9000',
    openedAt: new Date(Date.now() - 3 * day).toISOString(),
    mergedAt: new Date(Date.now() - 60_000).toISOString(),
    mergeSha: 'feedfacefeedfacefeedfacefeedfacefeedface',
  };
  const open = {
    type: 'change',
    id: 'still-open',
    service: component,
    title: 'Read two more formats',
    openedAt: new Date(Date.now() - 2 * day).toISOString(),
    firstReviewAt: new Date(Date.now() - day).toISOString(),
  };
  await bringIn([...lines, waiting, open]);
  const start = dateOf(Date.now() - 120 * day);
  await setGoal({ metric: 'changeLeadTime', target: 86_400, start });
  await setGoal({
    metric: 'changeFailRate',
    target: 0.01,
    start,
    due: dateOf(Date.now() + 5 * day),
  });
});

async function isShown(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Where changes wait' }).waitFor();
  await page.getByRole('table', { name: 'Longest waits' }).waitFor();
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await isShown(page);
}

test('goals and stages are for everyone', { skip: noBrowser }, async t => {
  const page = await openWindow();
  await signInAs(page, 'priya', 'Priya Raman');
  await areForEveryone(t, page, [
    [teamPage, isShown],
    [organisationPage, isShown],
  ]);
  await t.test('the form of a goal', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await visit(page, teamPage);
      await page.getByRole('button', { name: 'Set a goal' }).click();
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await violationsOn(page), []);
    }
  });
});

test(
  'what waits is named with the team that can act, and leads to the change',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await visit(page, teamPage);
    const row = page
      .getByRole('table', { name: 'Changes that wait' })
      .getByRole('row')
      .filter({ hasText: 'Explain the health check' });
    assert.equal(
      await row
        .getByRole('link', { name: /Explain the health check/ })
        .getAttribute('href'),
      'https://git.larkspur.example/pull/9000',
    );
    await row.getByRole('link', { name: 'Ledger' }).waitFor();
    await page
      .getByRole('table', { name: 'Open changes' })
      .getByRole('row')
      .filter({ hasText: 'Read two more formats' })
      .getByText('In review')
      .waitFor();
  },
);

test(
  'a lead sets a goal, changes it and ends it; others only read',
  { skip: noBrowser },
  async () => {
    const name = 'Deployment rework rate within 20 %';
    const page = await openWindow();
    await signInAs(page, 'jonas', 'Jonas Weber');
    await visit(page, teamPage);
    await page.getByRole('button', { name: 'Set a goal' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: /Metric/ }).click();
    await page.getByRole('option', { name: 'Deployment rework rate' }).click();
    await form.getByRole('textbox', { name: /Within/ }).fill('120');
    await form.getByRole('button', { name: 'Set it' }).click();
    await form
      .getByRole('alert')
      .getByText(/share from 0 to 1/)
      .waitFor();
    await form.getByRole('textbox', { name: /Within/ }).fill('20');
    await form.getByRole('button', { name: 'Set it' }).click();
    await page.getByRole('article', { name }).waitFor();

    await page
      .getByRole('button', { name: `Change the goal: ${name}` })
      .click();
    await form.getByRole('textbox', { name: /Within/ }).fill('15');
    await form.getByRole('button', { name: 'Change it' }).click();
    const changed = 'Deployment rework rate within 15 %';
    await page.getByRole('article', { name: changed }).waitFor();
    await page
      .getByRole('button', { name: `Change the goal: ${changed}` })
      .click();
    await form.getByRole('button', { name: 'End this goal' }).click();
    await page.getByRole('article', { name: changed }).waitFor({
      state: 'detached',
    });

    const reader = await openWindow();
    await signInAs(reader, 'amara', 'Amara Okafor');
    await visit(reader, teamPage);
    await reader
      .getByRole('article', { name: 'Change lead time within 24 h' })
      .waitFor();
    assert.equal(
      await reader.getByRole('button', { name: 'Set a goal' }).count(),
      0,
    );
  },
);

test(
  'an address below Delivery that is no page says so',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    for (const path of ['/dora/nonsense', '/dora/deployments/7/nonsense']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'No page here' }).waitFor();
      assert.deepEqual(await violationsOn(page), []);
    }
  },
);
