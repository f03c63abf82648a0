import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const script = fs.readFileSync(
  path.resolve(
    __dirname,
    '../../../templates/serverless-api/skeleton/deploy/build.sh',
  ),
  'utf8',
);
const repository = createMockDirectory();

/** In place of the compiler and the packer: keep what would be in the archive. */
const tools = createMockDirectory({
  content: {
    go: '#!/bin/sh\necho "$@" > dist/bootstrap\n',
    zip: '#!/bin/sh\ncp bootstrap function.zip\n',
  },
});

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd: repository.path,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${tools.path}:${process.env.PATH}`,
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap(who => [
          [`GIT_${who}_NAME`, 'Amara'],
          [`GIT_${who}_EMAIL`, 'amara@larkspur.example'],
        ]),
      ),
    },
  }).trim();
}

function commit(files: Record<string, string>): void {
  repository.addContent(files);
  run('git', 'add', '--all');
  run('git', 'commit', '--quiet', '--message', Object.keys(files).join(' '));
}

function archive(): string {
  run('bash', 'deploy/build.sh');
  return fs.readFileSync(repository.resolve('dist/function.zip'), 'utf8');
}

beforeEach(() => {
  for (const tool of ['go', 'zip']) fs.chmodSync(tools.resolve(tool), 0o755);
  repository.clear();
  run('git', 'init', '--quiet');
  commit({
    '.gitignore': 'dist\n',
    'deploy/build.sh': script,
    'cmd/function/main.go': 'package main\n',
  });
});

it('gives the same archive of the same code, whatever else was committed', () => {
  const first = archive();
  expect(first).toContain(
    `-X main.version=${run('git', 'rev-parse', '--short', 'HEAD')}`,
  );
  commit({ 'docs/index.md': '# News\n' });
  commit({ 'cmd/function/main_test.go': 'package main\n' });
  expect(archive()).toBe(first);
});

it('gives another archive of other code, committed or not', () => {
  const first = archive();
  commit({ 'internal/table/table.go': 'package table\n' });
  const second = archive();
  expect(second).not.toBe(first);
  repository.addContent({ 'internal/table/item.go': 'package table\n' });
  expect(archive()).toBe(second.replace(/(main\.version=[^ ]+)/, '$1-dirty'));
});

it('has a version where there is no history', () => {
  fs.rmSync(repository.resolve('.git'), { recursive: true });
  expect(archive()).toContain('-X main.version=0.0.0 ');
});
