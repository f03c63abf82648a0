import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import {
  readTemplates,
  renderTemplate,
} from '../../src/goldenPaths/template.ts';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-deploying-'));
after(() => fs.rmSync(scratch, { recursive: true }));

const repository = path.join(scratch, 'repository');
const origin = path.join(scratch, 'origin.git');
const overlay = path.join(
  repository,
  'deploy/kubernetes/overlays/staging/kustomization.yaml',
);
const image = 'ghcr.io/larkspur/payments-ledger@sha256:0b31b1c0';

const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args],
    { cwd: repository, encoding: 'utf8' },
  ).trim();

type Workflow = { jobs: Record<string, { steps: { run?: string }[] }> };

/** What the workflow runs to have the overlay pushed, as its runner would run it. */
function push(): void {
  const { jobs }: Workflow = parse(
    fs.readFileSync(
      path.join(repository, '.github/workflows/deploy.yaml'),
      'utf8',
    ),
  );
  const script = jobs.deploy.steps.find(({ run }) => run?.includes('git push'));
  assert.ok(script?.run);
  execFileSync('bash', ['-e', '-c', script.run], {
    cwd: repository,
    env: { ...process.env, ENVIRONMENT: 'staging', IMAGE: image },
  });
}

describe('the workflow that deploys', () => {
  before(async () => {
    const [template] = await readTemplates('go-service');
    await renderTemplate(template, template.answers.ordinary, repository);
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Create');
    git('clone', '--quiet', '--bare', repository, origin);
    git('remote', 'add', 'origin', origin);
    git('fetch', '--quiet', 'origin');
    git('branch', '--set-upstream-to=origin/main');
  });

  it('pushes the image into the overlay once, and goes on when it is run again', () => {
    fs.appendFileSync(overlay, `# ${image}\n`);
    push();
    const pushed = git('ls-remote', 'origin', 'main');
    assert.match(pushed, new RegExp(`^${git('rev-parse', 'main')}`));
    assert.equal(git('log', '-1', '--format=%s'), `Deploy ${image} to staging`);

    push();
    assert.equal(git('ls-remote', 'origin', 'main'), pushed);
  });
});
