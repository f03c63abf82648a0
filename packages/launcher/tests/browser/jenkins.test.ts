import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { makeService } from '../../src/demo/services.ts';
import { signIn } from '../../src/identity/signIn.ts';
import { paths } from '../../src/paths.ts';
import { portalUrl } from '../../src/portal/environment.ts';
import {
  noBrowser,
  signInAs,
  violationsOn,
  windows,
} from '../support/browser.ts';
import { areForEveryone } from '../support/pages.ts';

const run = promisify(execFile);
const openWindow = windows();
/** No other run moves the same. */
const name = `moves-${Date.now().toString(36)}`;
const repository = path.join(paths.repositories, `${name}.git`);
const jenkinsfile = path.join(
  paths.root,
  'plugins/scaffolder-backend-module-jenkins/src/__fixtures__/maven.Jenkinsfile',
);
let folder: string;

const git = async (...args: string[]) =>
  (await run('git', ['-C', folder, ...args])).stdout;

before(async () => {
  if (noBrowser) return;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-jenkins-'));
  await makeService(
    { url: portalUrl, token: await signIn(portalUrl, 'amara') },
    {
      template: 'node-service',
      name,
      description: 'Is built by Jenkins.',
      owner: 'ledger',
      system: 'settlement',
    },
  );
  await git('clone', '--quiet', repository, '.');
  await fs.copyFile(jenkinsfile, path.join(folder, 'Jenkinsfile'));
  await git('add', 'Jenkinsfile');
  await git(
    ...['-c', 'user.name=Amara', '-c', 'user.email=amara@larkspur.example'],
    ...['commit', '--quiet', '--message', 'Build with Jenkins'],
  );
  await git('push', '--quiet');
});

after(async () => {
  if (folder) await fs.rm(folder, { recursive: true, force: true });
});

test(
  'a pipeline is moved from Jenkins, on a phone as well',
  { skip: noBrowser },
  async t => {
    const page = await openWindow({ width: 390 });
    await signInAs(page, 'amara', 'Amara Okafor');
    const isForEveryone = async () => {
      assert.deepEqual(await violationsOn(page), []);
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth,
      );
      assert.ok(width <= 390, `the page is ${width} pixels wide on a phone`);
    };
    await areForEveryone(t, page, [
      [
        '/create/templates/default/migrate-jenkins',
        on => on.getByRole('combobox', { name: 'Component' }).waitFor(),
      ],
    ]);

    await page.getByRole('combobox', { name: 'Component' }).fill(name);
    await page.getByRole('option', { name }).first().click();
    assert.equal(
      await page.getByLabel(/^Jenkinsfile/).inputValue(),
      'Jenkinsfile',
    );
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText(name).first().waitFor();
    await isForEveryone();
    await page.getByRole('button', { name: 'Create', exact: true }).click();

    await page.getByText('What was translated').first().waitFor();
    await page.getByText(/holds the workflow/).waitFor();
    await page.getByText(/mail/).first().waitFor();
    await isForEveryone();

    await git('fetch', '--quiet');
    const changed = await git(
      ...['diff', '--name-only', 'origin/HEAD', 'origin/migrate-jenkins'],
    );
    assert.deepEqual(changed.trim().split('\n'), [
      '.github/workflows/jenkins.yaml',
      'JENKINS-MIGRATION.md',
    ]);
    const workflow = await git(
      ...['show', 'origin/migrate-jenkins:.github/workflows/jenkins.yaml'],
    );
    assert.match(workflow, /mvn -B -DskipTests clean package/);
  },
);
