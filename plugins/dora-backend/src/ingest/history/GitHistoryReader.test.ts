import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRepository } from './GitHistoryReader';
import { historyFacts, type HistoryOptions } from './historyFacts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-history-'));

afterAll(() => fs.rmSync(directory, { recursive: true }));

/** Runs Git as somebody, at a moment. */
function git(at: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Amara Okafor',
      GIT_AUTHOR_EMAIL: 'amara@larkspur.example',
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_NAME: 'Amara Okafor',
      GIT_COMMITTER_EMAIL: 'amara@larkspur.example',
      GIT_COMMITTER_DATE: at,
    },
  }).trim();
}

function commit(at: string, message: string): string {
  git(at, 'commit', '--quiet', '--allow-empty', '-m', message);
  return git(at, 'rev-parse', 'HEAD');
}

const shas: Record<string, string> = {};

beforeAll(() => {
  git('2026-03-01T09:00:00Z', 'init', '--quiet', '-b', 'main');
  shas.first = commit('2026-03-01T09:00:00Z', 'Begin');
  git('2026-03-01T10:00:00Z', 'tag', 'v1.0.0');

  git('2026-03-02T09:00:00Z', 'checkout', '--quiet', '-b', 'slots');
  shas.work = commit('2026-03-02T09:00:00Z', 'Draft delivery slots');
  commit('2026-03-03T09:00:00Z', 'Finish delivery slots');
  git('2026-03-03T09:00:00Z', 'checkout', '--quiet', 'main');
  git(
    '2026-03-04T09:00:00Z',
    'merge',
    '--quiet',
    '--no-ff',
    '-m',
    'Merge pull request #7 from amara/slots\n\nOffer delivery slots',
    'slots',
  );
  shas.merge = git('', 'rev-parse', 'HEAD');
  commit('2026-03-04T10:00:00Z', 'Round totals once (#8)');
  git('2026-03-05T09:00:00Z', 'tag', '-a', '-m', 'One one', 'v1.1.0');
  git('2026-03-05T09:30:00Z', 'tag', 'v1.2.0-rc.1');

  shas.revert = commit(
    '2026-03-05T12:00:00Z',
    `Take rounding back\n\nThis reverts commit ${shas.merge}.`,
  );
  git('2026-03-05T13:00:00Z', 'tag', 'v1.1.1');
  commit('2026-03-09T09:00:00Z', 'Add vouchers');
  git('2026-03-09T10:00:00Z', 'tag', 'v1.2.0');

  // A release that is mended where it was made, beside the main branch.
  git('2026-03-10T09:00:00Z', 'checkout', '--quiet', 'v1.1.1');
  commit('2026-03-10T09:00:00Z', 'Keep old totals readable');
  git('2026-03-10T10:00:00Z', 'tag', 'v1.1.2');
  git('2026-03-10T10:00:00Z', 'checkout', '--quiet', 'main');
});

async function factsOf(options: Partial<HistoryOptions> = {}) {
  return historyFacts(
    await readRepository({
      kind: 'local',
      directory: path.join(directory, '.git'),
    }),
    { deployments: 'tags', environment: 'production', ...options },
    {
      service: 'component:default/shop',
      observedAt: '2026-04-01T00:00:00.000Z',
      repositoryUrl: 'https://git.example/shop',
    },
  );
}

it('reads what landed on the main branch as changes', async () => {
  const { facts } = await factsOf();
  const changes = facts.filter(({ type }) => type === 'change');
  expect(changes).toHaveLength(5);
  expect(changes[1]).toEqual({
    type: 'change',
    id: `commit:${shas.merge}`,
    service: { entity: 'component:default/shop' },
    observedAt: '2026-04-01T00:00:00.000Z',
    url: `https://git.example/shop/commit/${shas.merge}`,
    number: '7',
    title: 'Offer delivery slots',
    author: 'Amara Okafor',
    ref: 'slots',
    firstCommitAt: '2026-03-02T09:00:00.000Z',
    mergedAt: '2026-03-04T09:00:00.000Z',
    mergeSha: shas.merge,
    commits: expect.arrayContaining([
      { sha: shas.work, authoredAt: '2026-03-02T09:00:00.000Z' },
    ]),
  });
});

it('claims to know the beginning of a squashed change only where it does', async () => {
  const { facts } = await factsOf();
  expect(facts[2]).toMatchObject({
    number: '8',
    title: 'Round totals once (#8)',
  });
  expect(facts[2]).not.toHaveProperty('firstCommitAt');
  expect(facts[0]).toHaveProperty('firstCommitAt', '2026-03-01T09:00:00.000Z');
});

it('reads releases as deployments, with what each brought', async () => {
  const { facts } = await factsOf();
  const deployments = facts.filter(({ type }) => type === 'deployment');
  expect(deployments.map(({ title }) => title)).toEqual([
    'v1.0.0',
    'v1.1.0',
    'v1.1.1',
    'v1.2.0',
    'v1.1.2 (a patch release made beside the main branch)',
  ]);
  expect(deployments[1]).toMatchObject({
    id: 'tag:v1.1.0',
    status: 'success',
    environment: 'production',
    finishedAt: '2026-03-05T09:00:00.000Z',
    commits: expect.arrayContaining([shas.merge, shas.work]),
  });
  expect(deployments[1]).not.toHaveProperty('kind');
  expect(deployments[1]).not.toMatchObject({
    commits: expect.arrayContaining([shas.first]),
  });
  expect(deployments[4]).toMatchObject({ kind: 'hotfix' });
});

it('recognises what took something back, whatever its subject', async () => {
  const { facts, summary } = await factsOf();
  expect(facts).toContainEqual(
    expect.objectContaining({
      mergeSha: shas.revert,
      title: 'Revert: Take rounding back',
    }),
  );
  expect(summary).toEqual({
    commits: 8,
    tags: 6,
    changes: 5,
    deployments: 5,
    reverts: 1,
    hotfixes: 1,
    from: '2026-03-01T09:00:00.000Z',
    to: '2026-03-10T09:00:00.000Z',
    notes: [],
  });
});

it('takes the tags, the time and the kind of deployment that were asked for', async () => {
  const named = await factsOf({ tags: 'v1.2.*' });
  expect(
    named.facts.flatMap(({ id }) => (id.startsWith('tag:') ? id : [])),
  ).toEqual(['tag:v1.2.0-rc.1', 'tag:v1.2.0']);

  const late = await factsOf({ since: '2026-03-09T00:00:00.000Z' });
  expect(late.summary).toMatchObject({ changes: 1, deployments: 2 });

  const landings = await factsOf({ deployments: 'landings' });
  expect(landings.summary).toMatchObject({ changes: 5, deployments: 5 });
  expect(landings.facts.at(-1)).toMatchObject({
    type: 'deployment',
    finishedAt: '2026-03-09T09:00:00.000Z',
  });
});

it('says what to do when nothing is a release', async () => {
  const { summary } = await factsOf({ tags: 'release/*' });
  expect(summary.notes).toEqual([
    'None of the 6 tags within the time asked for is like release/*.',
  ]);
});
