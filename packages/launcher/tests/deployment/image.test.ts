import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { hasProgram, inRepository, readText } from './files.ts';

const dockerfile = DockerfileParser.parse(readText('docker', 'Dockerfile'));
const stages = new Set(
  dockerfile.getFROMs().map((from: From) => from.getBuildStage()),
);
const defaults = new Map(
  dockerfile
    .getInitialARGs()
    .map(arg => arg.getProperty())
    .map(property => [property?.getName(), property?.getValue()]),
);

function instructions(keyword: string): Instruction[] {
  return dockerfile
    .getInstructions()
    .filter(instruction => instruction.getKeyword() === keyword);
}

function last(keyword: string): string {
  return instructions(keyword).at(-1)?.getRawArgumentsContent() ?? '';
}

/** The image a stage starts from, with its build argument's default in place. */
function baseImage(from: From): string {
  return (from.getImage() ?? '').replace(
    /\$\{(\w+)\}/g,
    (_, name) => defaults.get(name) ?? '',
  );
}

describe('the image', () => {
  it('starts every stage from an exact version or an earlier stage', () => {
    const foreign = dockerfile
      .getFROMs()
      .map(baseImage)
      .filter(image => !stages.has(image));
    assert.notEqual(foreign.length, 0);
    for (const image of foreign) {
      assert.match(image, /^[a-z/.-]+:\d+\.\d+\.\d+-[a-z-]+$/, image);
    }
  });

  it('builds with the Node and the Yarn that the launcher brings', () => {
    const launcher = readText('packages', 'launcher', 'bin', 'waymark.mjs');
    const node = launcher.match(/NODE_VERSION = '(.+)'/)?.[1];
    assert.ok(node);
    assert.ok(defaults.get('NODE_IMAGE')?.startsWith(`node:${node}-`));
    const { packageManager } = JSON.parse(readText('package.json'));
    assert.equal(`yarn@${defaults.get('YARN_VERSION')}`, packageManager);
  });

  it('runs as a user that is not root, given by number', () => {
    const [uid, gid] = last('USER').split(':').map(Number);
    assert.ok(uid >= 10_000, last('USER'));
    assert.ok(gid >= 10_000, last('USER'));
    const user = dockerfile.getInstructions().findIndex(one => {
      return one.getKeyword() === 'USER';
    });
    const later = dockerfile.getInstructions().slice(user + 1);
    // Files copied as that user could be changed by it.
    assert.deepEqual(
      later.filter(one => /^(COPY|ADD|RUN|FROM)$/.test(one.getKeyword())),
      [],
    );
  });

  it('takes files from the repository and its stages only', () => {
    assert.deepEqual(instructions('ADD'), []);
    for (const copy of dockerfile.getCOPYs()) {
      const stage = copy
        .getFlags()
        .find(flag => flag.getName() === 'from')
        ?.getValue();
      assert.ok(stage === undefined || stages.has(stage), copy.toString());
      assert.equal(
        copy.getFlags().some(flag => flag.getName() === 'chown'),
        false,
      );
    }
  });

  it('carries every file that the production configuration includes', () => {
    const config = readText('app-config.production.yaml');
    const included = [...config.matchAll(/\$include: '([^#']+)/g)];
    assert.notEqual(included.length, 0);
    const copied = instructions('COPY').flatMap(one =>
      (one.getRawArgumentsContent() ?? '').split(' '),
    );
    for (const [, file] of included) assert.ok(copied.includes(file), file);
  });

  it('installs exactly what the lockfile names', () => {
    const installs = instructions('RUN')
      .map(run => run.getRawArgumentsContent() ?? '')
      .filter(command => /yarn install/.test(command));
    assert.equal(installs.length, 1);
    assert.match(installs[0], /yarn install --immutable/);
  });

  it('asks the readiness route for its health, without a shell', () => {
    const [check] = dockerfile.getHEALTHCHECKs();
    assert.ok(check);
    assert.equal(check.getSubcommand()?.getValue(), 'CMD');
    assert.match(check.getRawArgumentsContent() ?? '', /\/v1\/readiness/);
    assert.match(check.getRawArgumentsContent() ?? '', /CMD \["node"/);
  });

  it('starts without a shell, so that signals arrive', () => {
    assert.deepEqual(JSON.parse(last('ENTRYPOINT')), ['tini', '--']);
    assert.deepEqual(JSON.parse(last('CMD')), [
      'node',
      'packages/backend',
      '--config',
      'app-config.production.yaml',
    ]);
  });

  it('carries no secret', () => {
    const named = [...instructions('ENV'), ...instructions('ARG')]
      .map(one => one.getRawArgumentsContent() ?? '')
      .filter(content => /secret|password|token|credential/i.test(content));
    assert.deepEqual(named, []);
    const ignored = readText('.dockerignore').split('\n');
    for (const pattern of [
      '.git',
      '.waymark',
      '**/node_modules',
      '**/.env',
      '**/*.local.yaml',
      '**/*-credentials.yaml',
    ]) {
      assert.ok(ignored.includes(pattern), `.dockerignore lacks ${pattern}`);
    }
  });

  it('passes hadolint', t => {
    if (!hasProgram('hadolint', ['--version'])) {
      t.skip('hadolint is not installed');
      return;
    }
    const { status, stdout, stderr } = spawnSync(
      'hadolint',
      [
        '--config',
        inRepository('docker', 'hadolint.yaml'),
        inRepository('docker', 'Dockerfile'),
      ],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stdout + stderr);
  });
});
