import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readDeliverers } from '../../src/demo/deliverers.ts';
import { webhooksOf, type Webhook } from '../../src/demo/webhooks.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';
import { bringIn } from '../support/bringIn.ts';
import { noBrowser, signInAs, windows } from '../support/browser.ts';
import { deliveriesOf } from '../support/deliveries.ts';
import {
  areForEveryone,
  saying,
  table,
  type PageToSee,
} from '../support/pages.ts';
import { callAs } from '../support/people.ts';

/** Components of the demo organisation that nothing else delivers. */
const busy = 'image-resizer';
const quiet = 'catalog-linter';
const silent = 'service-kit-java';

const tab = (component: string) =>
  `/catalog/default/component/${component}/delivery`;

const tile = (page: Page, name: string) =>
  page.getByRole('article').filter({
    has: page.getByRole('heading', { name, exact: true }),
  });

/** A deployment that ends now. */
function deployment(id: string, service: string): object {
  return {
    type: 'deployment',
    id,
    service,
    environment: 'production',
    status: 'success',
    finishedAt: new Date().toISOString(),
    sha: Buffer.from(id).toString('hex').padEnd(40, '0').slice(0, 40),
    ref: id,
  };
}

/** What GitHub sends of a deployment that ends now, signed. */
async function webhooksNow(): Promise<Webhook[]> {
  const { githubWebhookSecret, pagerdutyWebhookSecret } = await loadSecrets();
  const service = (await readDeliverers()).find(({ name }) => name === busy);
  assert.ok(service, `${busy} has no repository`);
  const now = Date.now();
  return webhooksOf(
    [
      {
        type: 'deployment',
        service,
        id: now,
        environment: 'production',
        status: 'success',
        startedAt: now - 60_000,
        finishedAt: now,
        sha: now.toString(16).padStart(40, '0'),
        ref: 'main',
        author: 'amara',
      },
    ],
    { github: githubWebhookSecret, pagerduty: pagerdutyWebhookSecret },
  );
}

function send({ source, headers, body }: Webhook): Promise<Response> {
  return fetch(`${portalUrl}/api/dora/webhooks/${source}`, {
    method: 'POST',
    headers,
    body,
  });
}

const of = (component: string) =>
  `period=year&entityRef=component:default/${component}`;

/** With a year of data, a little of it, and none. */
const pages: PageToSee[] = [
  ['/dora/metrics?period=year', table('Teams by metric')],
  [
    '/dora/metrics?period=custom&first=2001-01-01&last=2001-01-02',
    saying(/Nothing was delivered in this period/),
  ],
  [
    `/dora/metrics?period=year&explain=changeLeadTime&of=component:default/${busy}`,
    async page => {
      await table('Counted')(page);
      await page.locator('.recharts-line').first().waitFor();
    },
  ],
  ['/dora/deployments', table('Deployments')],
  [`/dora/deployments?${of(quiet)}`, table('Deployments')],
  [`/dora/deployments?${of(silent)}`, saying('No deployment is like that')],
  ['/dora/incidents', table('Incidents')],
  [`/dora/incidents?${of(quiet)}`, saying('No incident is like that')],
  ['/dora/corrections', saying(/What people said/)],
  ['/dora-intake', saying('Unmatched names')],
  [`${tab(busy)}?period=year`, table('Deployments')],
  [tab(quiet), saying(/Too little to judge/)],
  [`${tab(quiet)}?explain=changeLeadTime`, table('Counted')],
  [tab(silent), saying('No deliveries yet')],
  [
    '/catalog/default/group/discovery/delivery?period=year',
    table('Longest waits'),
  ],
  [`/catalog/default/component/${busy}`, saying('Of the last 30 days')],
  [`/catalog/default/component/${quiet}`, saying('Of the last 30 days')],
  [`/catalog/default/component/${silent}`, saying('Of the last 30 days')],
];

const openWindow = windows();

before(async () => {
  if (noBrowser) return;
  const end = Date.now();
  await bringIn([
    ...deliveriesOf(
      {
        service: busy,
        perWeek: [4, 14],
        failing: [0.3, 0.1],
        leadHours: [70, 9],
      },
      { end, weeks: 52, seed: 1 },
    ),
    ...deliveriesOf(
      { service: quiet, perWeek: [3, 3], failing: [0, 0], leadHours: [20, 20] },
      { end, weeks: 1, seed: 2 },
    ),
  ]);
});

/** The page of the newest deployment. */
async function newestDeployment(): Promise<string> {
  const response = await callAs(
    'developer',
    `/api/dora/deployments?entityRef=component:default/${busy}&limit=1`,
  );
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return `/dora/deployments/${body.items[0].id}`;
}

test('delivery is for everyone', { skip: noBrowser }, async t => {
  const page = await openWindow();
  await signInAs(page, 'priya', 'Priya Raman');
  await areForEveryone(t, page, [
    ...pages,
    [await newestDeployment(), saying('Release notes')],
  ]);
});

test(
  'a signed webhook changes the page that is open, without a reload',
  { skip: noBrowser },
  async t => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto(`${tab(busy)}?period=7d`);
    const sample = tile(page, 'Deployment frequency').getByText(
      /^\d+ deployments, on/,
    );
    await sample.waitFor();
    const count = Number.parseInt((await sample.textContent()) ?? '', 10);
    await page.evaluate(() => {
      document.body.dataset.same = 'page';
    });
    const webhooks = await webhooksNow();
    const forged = await send({
      ...webhooks[0],
      headers: { ...webhooks[0].headers, 'x-hub-signature-256': 'sha256=00' },
    });
    assert.equal(forged.status, 401);
    const sent = performance.now();
    for (const webhook of [...webhooks, ...webhooks]) {
      assert.equal((await send(webhook)).status, 202);
    }
    await page.getByText(new RegExp(`^${count + 1} deployments, on`)).waitFor();
    t.diagnostic(`seen ${Math.round(performance.now() - sent)} ms later`);
    assert.equal(await page.evaluate(() => document.body.dataset.same), 'page');
  },
);

test(
  'a number opens into its deployments, and one of them is corrected',
  { skip: noBrowser },
  async () => {
    const name = `corrected-${Date.now()}`;
    await bringIn([deployment(name, busy)]);
    const page = await openWindow();
    await signInAs(page, 'priya', 'Priya Raman');
    await page.goto(`${tab(busy)}?period=7d`);
    await tile(page, 'Change fail rate')
      .getByRole('link', { name: /see what it is made of/ })
      .click();
    const drawer = page.getByRole('dialog');
    // The newest comes first, below the headings.
    await drawer.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name }).first().waitFor();
    await page
      .getByRole('radio', { name: /^It failed/ })
      .check({ force: true });
    await page.getByLabel('Reason').fill('Customers could not pay');
    await page.getByRole('button', { name: 'Correct it' }).click();
    await page.getByText(/^Corrected\./).waitFor();
    await page
      .getByRole('table', { name: 'Corrections' })
      .getByText('Customers could not pay')
      .waitFor();
    await page.goto('/dora/corrections');
    await page.getByText('Customers could not pay').first().waitFor();
  },
);
