import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chargeOf, handIn, lastDays } from '../support/bills.ts';
import { noBrowser, signInAs, windows } from '../support/browser.ts';
import { askFor, sendRequest, tagsOn } from '../support/infrastructure.ts';
import { isForEveryone } from '../support/pages.ts';
import { callAs } from '../support/people.ts';

const openWindow = windows();

/** No other run hands in the same. */
const run = Date.now().toString(36);

/** The catalog reads what there is now and then, then bills are allocated anew, and then it is looked. */
const foundMs = 240_000;

/** Machines of a generation whose successor costs less, on each day of three months. */
const oldMachine = (name: string, tags: Record<string, string>) =>
  handIn(
    name,
    ...lastDays(95).map(days =>
      chargeOf({
        ...days,
        amount: '40',
        serviceName: 'Machines by the hour',
        resourceId: `machine-${name}`,
        tags,
        also: {
          ResourceName: name,
          ServiceCategory: 'Compute',
          SkuId: 'BoxUsage:m4.2xlarge',
          PricingQuantity: '24',
          PricingUnit: 'Hrs',
        },
      }),
    ),
  );

/** Opens a list again and again, with a look between, until what is called so stands on it. */
async function untilFound(page: Page, path: string, name: string) {
  const link = page.getByRole('link', { name: `Move ${name} to m7g` });
  const deadline = Date.now() + foundMs;
  do {
    assert.ok(Date.now() < deadline, `${name} is among ${path}`);
    // It looks by itself every quarter of an hour. While it looks, it is told no.
    await callAs(
      'platform-engineer',
      '/api/costs/.backstage/scheduler/v1/tasks/costs-recommendations/trigger',
      { method: 'POST' },
    );
    await page.goto(path);
    await page
      .getByRole('list', { name: 'Recommendations', exact: true })
      .or(page.getByText(/There is (none of these|nothing to be decided)/))
      .first()
      .waitFor();
  } while ((await link.count()) === 0);
  return link;
}

const decisions = (page: Page) => page.getByRole('dialog').getByRole('button');

test(
  'what could cost less is found in bills, accepted, taken back, and dismissed for a reason',
  { skip: noBrowser },
  async () => {
    const name = `elderly-${run}`;
    await oldMachine(name, { component: 'payments-gateway' });
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    const path =
      '/costs/recommendations?entityRef=component:default/payments-gateway';
    const link = await untilFound(page, path, name);
    await isForEveryone(page, () => link.waitFor());

    await link.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('table', { name: 'What it rests on' }).waitFor();
    // 30 days of 40, of which the successor saves 4 to 18 per cent.
    await isForEveryone(page, () =>
      dialog
        .getByText(/It could save \$48(\.00)? to \$216(\.00)? a month/)
        .waitFor(),
    );
    await decisions(page).filter({ hasText: 'Accept it' }).click();
    await dialog.getByText(/once 14 days since are billed/).waitFor();
    await decisions(page).filter({ hasText: 'Open it again' }).click();
    const dismiss = decisions(page).filter({ hasText: 'Dismiss it' });
    await decisions(page).filter({ hasText: 'Accept it' }).waitFor();
    assert.ok(await dismiss.isDisabled(), 'a reason is needed');
    await dialog
      .getByLabel('What you say to it')
      .fill('It goes with the old gateway');
    await dismiss.click();
    await dialog.getByText('“It goes with the old gateway”').waitFor();

    await page.goto(`${path}&state=dismissed`);
    await link.click();
    await dialog
      .getByRole('link', { name: 'Its charges in the explorer' })
      .click();
    await page.getByRole('table', { name: 'Costs by row' }).waitFor();
    await page.getByText(name).first().waitFor();
  },
);

test(
  'what was changed since is withheld, and leads to its form filled in',
  { skip: noBrowser },
  async () => {
    const name = `young-${run}`;
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await askFor(page, {
      offering: 'postgres-database',
      component: 'payments-gateway',
      name,
      environment: 'staging',
      reason: 'Its bill is to say that it could cost less.',
    });
    await sendRequest(page);
    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByRole('button', { name: 'Reveal Password' }).waitFor();
    await oldMachine(name, await tagsOn(page));

    const link = await untilFound(
      page,
      '/costs/recommendations?state=withheld',
      name,
    );
    await link.click();
    const dialog = page.getByRole('dialog');
    const withheld = dialog.getByText(
      /^Withheld: It was changed on \d{4}-\d\d-\d\d/,
    );
    await withheld.waitFor();
    assert.equal(
      await decisions(page).filter({ hasText: 'Accept it' }).count(),
      0,
    );
    await isForEveryone(page, () => withheld.waitFor());

    await dialog.getByRole('link', { name: 'Fill in the request' }).click();
    const reason = page.getByRole('textbox', { name: 'Reason' });
    await reason.waitFor();
    assert.equal(await reason.inputValue(), `Move ${name} to m7g`);
    await page.getByText(name).first().waitFor();
  },
);
