import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { paths } from '../../src/paths.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import { freePort } from '../../src/ports.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';

const run = promisify(execFile);
const name = 'payments-ledger';

/** The service's own world: what this test runner runs under is not its business. */
const { NODE_ENV: _mode, NODE_OPTIONS: _options, ...env } = process.env;

const openWindow = windows();
let page: Page;
let folder: string;

before(async () => {
  if (noBrowser) return;
  page = await openWindow();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-journey-'));
});

after(async () => {
  if (folder) await fs.rm(folder, { recursive: true, force: true });
});

/** Chooses an entry of one of the form's pickers by typing a part of it. */
async function pick(field: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(text);
  await page.getByRole('option', { name: text }).first().click();
}

/** One stage of the journey. A later one makes no sense without it, so the first failure ends the test. */
async function stage(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const seen = path.join(paths.logs, 'journey.png');
    await fs.mkdir(paths.logs, { recursive: true });
    await page.screenshot({ path: seen });
    throw new Error(`${what}: ${cause} (the page is in ${seen})`, { cause });
  }
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url).then(
    response => response.status,
    () => undefined,
  );
}

test(
  'a developer goes from sign-in to a running service',
  { skip: noBrowser },
  async t => {
    const started = performance.now();

    await stage('signs in', () => signInAs(page, 'amara', 'Amara Okafor'));

    await stage('finds a service', async () => {
      await page.goto('/catalog');
      await page
        .getByRole('link', { name: 'Payments gateway' })
        .first()
        .click();
      await page.getByText('How it relates').waitFor();
    });

    await stage('reads its docs', async () => {
      await page
        .locator('#content')
        .getByRole('link', { name: 'Docs', exact: true })
        .first()
        .click();
      await page
        .getByRole('heading', { name: 'The life of a payment' })
        .waitFor();
    });

    await stage('is told that a name is taken', async () => {
      await page.goto('/create/templates/default/node-service');
      await page.getByLabel(/^Name/).fill('payments-gateway');
      await page
        .getByText(/which ledger owns/)
        .first()
        .waitFor();
    });

    await stage('asks for a service', async () => {
      await page.getByLabel(/^Name/).fill(name);
      await page.getByText(`${name} is available`).first().waitFor();
      await page
        .getByLabel(/^Description/)
        .fill('Keeps the double-entry books of every payment.');
      await page.getByRole('button', { name: 'Next' }).click();
      await pick('System', 'Payments core');
      await page.getByRole('button', { name: 'Next' }).click();
    });

    await stage('sees what will be made', async () => {
      await page.getByText('catalog-info.yaml').first().waitFor();
      assert.deepEqual(await violationsOn(page), []);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
    });

    await stage(
      'gets it, and finds it in the catalog with its docs',
      async () => {
        await page.getByText('What happens next').first().waitFor();
        assert.deepEqual(await violationsOn(page), []);
        await page.goto(`/catalog/default/component/${name}`);
        await page.getByText('At a glance').waitFor();
        await page.getByText('Keeps the double-entry books').first().waitFor();
        await page
          .locator('#content')
          .getByRole('link', { name: 'Docs', exact: true })
          .first()
          .click();
        await page
          .getByRole('heading', { name: 'What happens to a request' })
          .waitFor();
      },
    );

    const clone = path.join(folder, name);

    await stage('clones, installs, builds and tests it', async () => {
      await run('git', [
        'clone',
        `${portalUrl}/api/repositories/git/${name}.git`,
        clone,
      ]);
      for (const args of [['ci'], ['run', 'build'], ['test']]) {
        await run('npm', args, {
          cwd: clone,
          env,
          maxBuffer: 64 * 1024 * 1024,
        });
      }
    });

    await stage('starts it: healthy, and measured', async () => {
      const port = await freePort();
      const service = spawn('npm', ['start'], {
        cwd: clone,
        env: { ...env, PORT: String(port) },
        stdio: 'ignore',
        detached: true,
      });
      try {
        const url = `http://127.0.0.1:${port}`;
        for (let tries = 0; tries < 300; tries += 1) {
          if ((await statusOf(`${url}/health`)) === 200) break;
          await delay(100);
        }
        assert.equal(await statusOf(`${url}/health`), 200);
        const metrics = await fetch(`${url}/metrics`);
        assert.equal(metrics.status, 200);
        assert.match(await metrics.text(), /^# TYPE /m);
      } finally {
        if (service.pid) process.kill(-service.pid, 'SIGTERM');
      }
    });

    t.diagnostic(
      `the whole journey took ${Math.round(
        (performance.now() - started) / 1000,
      )} s`,
    );
  },
);
