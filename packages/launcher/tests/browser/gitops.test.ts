import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import { paths } from '../../src/paths.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import { loadSecrets } from '../../src/secrets.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { askFor, sendRequest } from '../support/infrastructure.ts';

const repository = path.join(paths.repositories, 'environments.git');
/** No other run asks for the same. */
const name = `shop-${Date.now().toString(36)}`;
const git = (...args: string[]) =>
  execFileSync('git', [`--git-dir=${repository}`, ...args], {
    encoding: 'utf8',
  }).trim();

const unreconciled = /the commit is all that is made/;

const openWindow = windows();

/** What Flux sends, signed as it signs. */
async function report(options: { message: string; secret?: string }) {
  const { gitopsSecret } = await loadSecrets();
  const { message, secret = gitopsSecret } = options;
  const body = JSON.stringify({
    involvedObject: { kind: 'Kustomization', name: 'staging' },
    severity: 'info',
    reason: 'ReconciliationSucceeded',
    timestamp: new Date().toISOString(),
    message,
    metadata: {
      revision: `main@sha1:${git('rev-parse', 'main')}`,
      path: 'staging',
    },
  });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return fetch(`${portalUrl}/api/infrastructure/reports/gitops/flux`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-signature': `sha256=${signature}`,
    },
    body,
  });
}

test(
  'a namespace is committed, and every page says that no cluster takes it up here',
  { skip: noBrowser },
  async () => {
    const page = await openWindow();
    await signInAs(page, 'amara', 'Amara Okafor');
    await page.goto('/infrastructure/offerings');
    await page
      .getByRole('article', { name: 'Kubernetes namespace' })
      .getByText(unreconciled)
      .waitFor();
    await askFor(page, {
      offering: 'kubernetes-namespace',
      component: 'payments-gateway',
      name,
      environment: 'staging',
      reason: 'The new shop runs there.',
    });
    await page.getByText(unreconciled).waitFor();
    await sendRequest(page);

    await page
      .getByRole('status')
      .getByText(/^Committed to main of environments as/)
      .getByText(unreconciled)
      .waitFor();
    await page
      .getByLabel(`Lines of staging/kubernetes-namespace/${name}/room.yaml`)
      .getByText(/\+ {4}pods: '30'/)
      .waitFor();
    assert.match(
      git('show', `main:staging/kubernetes-namespace/${name}/namespace.yaml`),
      new RegExp(`name: ${name}-staging`),
    );
    assert.deepEqual(await violationsOn(page), []);

    const stranger = await report({ message: 'Believe me', secret: 'wrong' });
    assert.equal(stranger.status, 401);
    const believed = await report({ message: 'Reconciliation finished' });
    assert.deepEqual(await believed.json(), { news: true });

    await page.getByRole('link', { name: 'Open the resource' }).click();
    await page.getByText('It is there only in part').waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await page.getByText(`${name}-staging`).first().waitFor();
  },
);
