import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { areForEveryone, saying, type PageToSee } from '../support/pages.ts';

const glance = saying('At a glance');

const title: PageToSee[1] = page =>
  page.getByRole('heading', { level: 1 }).first().waitFor();

const asksForComponent: PageToSee[1] = page =>
  page.getByRole('combobox', { name: 'Component' }).waitFor();

const pages: PageToSee[] = [
  ['/', saying('My components')],
  ['/catalog', saying('Payments gateway')],
  ['/catalog/default/component/payments-gateway', saying('How it relates')],
  ['/catalog/default/api/payments-api', glance],
  ['/catalog/default/system/payments-core', glance],
  ['/catalog/default/domain/payments', glance],
  ['/catalog/default/group/ledger', glance],
  ['/catalog/default/user/amara', glance],
  ['/catalog/default/template/node-service', glance],
  ['/catalog/default/component/checkout-web', glance],
  ['/catalog/default/resource/payments-db', glance],
  [
    '/catalog/default/component/payments-gateway/no-such-tab',
    page => page.getByRole('heading', { name: 'No page here' }).waitFor(),
  ],
  ['/catalog-errors', title],
  ['/catalog-import', title],
  ['/api-docs', saying('Payments API')],
  ['/docs', saying('Payments gateway')],
  [
    '/docs/default/component/payments-gateway',
    page =>
      page.getByRole('heading', { name: 'The life of a payment' }).waitFor(),
  ],
  ['/create', saying('Node.js service')],
  [
    '/create/templates/default/node-service',
    page => page.getByLabel(/^Name/).waitFor(),
  ],
  ['/create/templates/default/add-pipeline', asksForComponent],
  ['/create/templates/default/adopt-golden-path', asksForComponent],
  ['/golden-paths/fleet', saying('How far we are')],
  ['/golden-paths/services', saying('The services that coverage counts')],
  ['/golden-paths/exceptions', saying('What need not be on a golden path')],
  ['/golden-paths/campaigns', saying('A campaign brings many repositories')],
  ['/repositories', title],
  ['/settings', saying('Appearance')],
  ['/notifications', title],
  ['/search?query=payments', saying('Payments gateway')],
];

/** Specifications, drawn by what others made for each kind of them. */
const definitions: PageToSee[] = [
  [
    '/catalog/default/api/payments-api/definition',
    saying('Create and authorise a payment'),
  ],
  [
    '/catalog/default/api/payment-events/definition',
    saying('Three brokers, mutual TLS.'),
  ],
  [
    '/catalog/default/api/catalogue-graphql/definition',
    saying('All Schema Types'),
  ],
  [
    '/catalog/default/api/card-vault-api/definition',
    saying('Keeps card numbers'),
  ],
];

const openWindow = windows();

test('every page is for everyone', { skip: noBrowser }, async t => {
  const page = await openWindow();
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await t.test(`${scheme}: the sign-in page`, async () => {
      await page.goto('/');
      await page.getByRole('button', { name: /Continue with/ }).waitFor();
      assert.deepEqual(await violationsOn(page), []);
    });
    await t.test(`${scheme}: the local issuer`, async () => {
      await page.getByRole('button', { name: /Continue with/ }).click();
      await page.getByRole('button', { name: 'Amara Okafor' }).waitFor();
      assert.deepEqual(await violationsOn(page), []);
    });
  }
  await signInAs(page, 'amara', 'Amara Okafor');
  await areForEveryone(t, page, [...pages, ...definitions]);
});
