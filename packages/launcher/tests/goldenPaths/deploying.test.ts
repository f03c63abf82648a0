import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
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

/** Waits for pods in a cluster that tells them, look by look, as kubectl would print them. */
function awaitRollout(pods: string[], timeout: string) {
  const cluster = fs.mkdtempSync(path.join(scratch, 'cluster-'));
  pods.forEach((text, look) =>
    fs.writeFileSync(path.join(cluster, `${look}`), text),
  );
  const program = (name: string, lines: string) =>
    fs.writeFileSync(path.join(cluster, name), `#!/bin/sh\n${lines}\n`, {
      mode: 0o755,
    });
  const looked = path.join(cluster, 'looked');
  program(
    'kubectl',
    `look=$(cat "${looked}" 2>/dev/null || echo 0)
     echo $((look + 1)) > "${looked}"
     cat "${cluster}/$look"`,
  );
  program('sleep', 'exit 0');
  const { status } = spawnSync(
    path.join(repository, 'deploy/await-rollout.sh'),
    ['staging', image],
    {
      env: {
        ...process.env,
        PATH: `${cluster}:${process.env.PATH}`,
        ROLLOUT_TIMEOUT: timeout,
      },
    },
  );
  return { status, looks: Number(fs.readFileSync(looked, 'utf8')) };
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

  describe('waits for the pods', () => {
    const old = 'ghcr.io/larkspur/payments-ledger@sha256:1111 True';
    const fresh = `${image} True`;

    it('until each of them runs the image and is ready', () => {
      const looks = [
        '',
        `${old}\n${old}`,
        `${old}\n${image} False`,
        `${old}\n${fresh}`,
        `${fresh}\n${fresh}`,
        old,
      ];
      assert.deepEqual(awaitRollout(looks, '600'), { status: 0, looks: 5 });
    });

    it('and fails when the old ones stay', () => {
      assert.deepEqual(awaitRollout([old], '0'), { status: 1, looks: 1 });
    });
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
