import { createMockDirectory } from '@backstage/backend-test-utils';
import type {
  Handover,
  Order,
  Report,
} from '@waymark/plugin-infrastructure-node';
import { HttpGitHost } from '@waymark/plugin-repositories-node';
import { FakeGitHost } from '@waymark/plugin-repositories-node/testUtils';
import { execFileSync } from 'node:child_process';
import type { GitopsEngine } from './GitopsEngine';
import { orderFor, tools, World } from './__testUtils__/World';

const world = new World();
const pullRequests = { repository: 'envs', patienceMs: 1000 };
/** A host that keeps in mind what it was asked, and knows a page for each branch. */
const host = {
  propose: jest.fn(
    async ({ branch }: { branch: string }): Promise<string | undefined> =>
      `https://git.example.com/${branch}`,
  ),
};
let engine: GitopsEngine;
beforeEach(async () => {
  world.reset();
  host.propose.mockClear();
  engine = await world.engine({ pullRequests }, host);
});

const branchOf = ({ requestId, resource }: Order) =>
  `waymark/clusters/staging/room/${resource.name}/${requestId}`;

async function bring(order: Order, by = engine): Promise<Handover> {
  const planned = await by.plan(order, tools());
  const { handover } = await by.apply(order, planned, tools());
  return handover!;
}

const includes = (handover: Handover, revision: string) =>
  engine.reporting.includes(handover, { revision } as Report);

it('asks people to merge, and leaves the branch to them', async () => {
  const order = orderFor();
  const handover = await bring(order);
  const branch = branchOf(order);
  expect(world.commits()).toBe(1);
  expect(world.git('show', '--stat', '--format=%s', branch)).toMatch(
    /^Bring about .* in staging[^]*quota\.yaml/,
  );
  expect(host.propose).toHaveBeenCalledWith({
    name: 'envs',
    branch,
    into: 'main',
    title: `Bring about ${order.resource.name} in staging`,
    body: expect.stringContaining(order.requestId),
  });
  expect(handover).toMatchObject({
    place: `environments:clusters/staging/room/${order.resource.name}`,
    patienceMs: 1000,
    waitsFor: `Waiting for people to merge https://git.example.com/${branch} into main of environments, and then for Argo CD or Flux to report.`,
  });
  expect(await includes(handover, world.git('rev-parse', 'main'))).toBe(false);
  // By what is in it: what was squashed has other ancestors.
  expect(await includes(handover, world.merge(branch))).toBe(true);
});

it('names the branch where the host knows no requests', async () => {
  host.propose.mockResolvedValueOnce(undefined);
  const order = orderFor();
  expect((await bring(order)).waitsFor).toContain(
    `merge the branch ${branchOf(order)} into main`,
  );
});

it('asks for an end as for a beginning, and for nothing that is there', async () => {
  const order = orderFor();
  await bring(order);
  world.merge(branchOf(order));
  const again = await bring({ ...order, requestId: 'again' });
  expect(again.waitsFor).toMatch(/^Committed to main/);
  expect(host.propose).toHaveBeenCalledTimes(1);

  const end: Order = { ...order, requestId: 'end', wanted: 'absent' };
  const handover = await bring(end);
  expect(host.propose).toHaveBeenCalledTimes(2);
  expect(await includes(handover, world.merge(branchOf(end)))).toBe(true);
  expect(world.files()).toEqual(['README.md']);
});

describe('when the process dies', () => {
  it('after the push: asks for what was pushed, and pushes nothing', async () => {
    const order = orderFor();
    host.propose.mockRejectedValueOnce(new Error('died'));
    await expect(bring(order)).rejects.toThrow('died');
    const pushed = world.git('rev-parse', branchOf(order));
    const next = await world.engine({ pullRequests }, host);
    const { handover } = await next.resume(order, tools());
    expect(handover?.content).toMatchObject({ proposed: { commit: pushed } });
    expect(world.git('rev-parse', branchOf(order))).toBe(pushed);
    expect(host.propose).toHaveBeenCalledTimes(2);
  });

  it('before it: pushes, and asks', async () => {
    const order = orderFor();
    await engine.plan(order, tools());
    const next = await world.engine({ pullRequests }, host);
    await next.resume(order, tools());
    expect(world.git('rev-parse', branchOf(order))).toMatch(/^[0-9a-f]{40}$/);
    expect(host.propose).toHaveBeenCalledTimes(1);
  });
});

it('wants a host to ask on', async () => {
  await expect(world.engine({ pullRequests })).rejects.toThrow(
    /pullRequests takes a host of repositories/,
  );
});

const at = '2026-11-29T07:00:00.000Z';
const read = (sender: string, event: string, body: object) =>
  engine.reporting.read(sender, {
    headers: { [`x-${sender}-event`]: event },
    body: Buffer.from(JSON.stringify(body)),
  });

/** What GitHub sends of a pull request. */
const github = (change: object, ref: string, sha: string) =>
  read('github', 'pull_request', {
    action: 'edited',
    repository: { name: 'envs', full_name: 'larkspur/envs' },
    pull_request: {
      number: 7,
      state: 'open',
      merged: false,
      merge_commit_sha: null,
      updated_at: '2026-11-29T07:00:00Z',
      head: { ref, sha },
      ...change,
    },
  });

/** What GitLab sends of a merge request. */
const gitlab = (change: object, source_branch: string, id: string) =>
  read('gitlab', 'Merge Request Hook', {
    object_kind: 'merge_request',
    project: { path_with_namespace: 'larkspur/platform/envs' },
    object_attributes: {
      iid: 7,
      state: 'opened',
      merge_commit_sha: null,
      updated_at: '2026-11-29 07:00:00 UTC',
      source_branch,
      last_commit: { id },
      ...change,
    },
  });

describe('what is heard of the request to merge', () => {
  const merge_commit_sha = 'c6d86dc654b12425e706bcf951adfe5a8627a517';

  it.each([
    ['open', github, {}, 'working', /^Pull request 7 is open/],
    ['open', gitlab, {}, 'working', /^Merge request 7 is open/],
    [
      'merged',
      github,
      { state: 'closed', merged: true, merge_commit_sha },
      'working',
      /^Pull request 7 was merged as c6d86dc654; a cluster/,
    ],
    [
      'merged',
      gitlab,
      { state: 'merged', merge_commit_sha },
      'working',
      /^Merge request 7 was merged as c6d86dc654; a cluster/,
    ],
    [
      'closed',
      github,
      { state: 'closed' },
      'failed',
      /closed without being merged, so nothing was changed/,
    ],
    ['closed', gitlab, { state: 'closed' }, 'failed', /closed without/],
  ] as const)('that it is %s', async (_, say, change, state, message) => {
    const order = orderFor();
    const handover = await bring(order);
    const branch = branchOf(order);
    const head = world.git('rev-parse', branch);
    const report = say(change, branch, head);
    expect(report).toEqual({
      place: handover.place,
      revision: `${branch}@${head}`,
      state,
      message: expect.stringMatching(message),
      at,
    });
    expect(await engine.reporting.includes(handover, report!)).toBe(true);
    const other = say(change, branchOf(orderFor()), head);
    expect(await engine.reporting.includes(handover, other!)).toBe(false);
  });

  it('counts what reviewers added, and not what was asked for before', async () => {
    const order = orderFor();
    const before = await bring(order);
    const branch = branchOf(order);
    const first = world.git('rev-parse', branch);
    world.edit({ 'README.md': 'Ours.\n' });
    const handover = await bring(order);
    const closed = github({ state: 'closed' }, branch, first)!;
    expect(await engine.reporting.includes(before, closed)).toBe(true);
    expect(await engine.reporting.includes(handover, closed)).toBe(false);

    const added = world.addTo(branch, { 'note.md': 'As we agreed.\n' });
    const merged = github({ state: 'closed', merged: true }, branch, added)!;
    expect(await engine.reporting.includes(handover, merged)).toBe(true);
    const strange = github({ state: 'closed' }, branch, 'f'.repeat(40))!;
    expect(await engine.reporting.includes(handover, strange)).toBe(false);
  });

  it.each([
    ['another event', () => read('github', 'ping', { zen: 'Keep it simple' })],
    ['another branch', () => github({}, 'fix/typo', 'a'.repeat(40))],
    ['another event', () => read('gitlab', 'Push Hook', {})],
    ['another branch', () => gitlab({}, 'waymark/x', 'a'.repeat(40))],
  ])('has no interest in %s', (_, say) => {
    expect(say()).toBeUndefined();
  });

  it('says what is not understood', () => {
    expect(() => read('github', 'pull_request', { action: 'closed' })).toThrow(
      /The report of GitHub is not understood: .*/,
    );
    expect(() => gitlab({ updated_at: 'x' }, 'a', 'b')).toThrow(/GitLab/);
  });
});

describe('over HTTP', () => {
  const kept = createMockDirectory();
  let fake: FakeGitHost;
  beforeEach(async () => {
    kept.clear();
    fake = await FakeGitHost.start(kept.path, (of, { route, body }) =>
      of.answerAboutProposals(route.split(' ')[0], 'envs', {
        branch: body.head as string,
        title: body.title as string,
      }),
    );
  });
  afterEach(() => fake.stop());

  it('pushes with the token, and asks once on the host', async () => {
    const order = orderFor();
    await (await world.engine()).plan(order, tools());
    execFileSync('git', [
      'clone',
      '--quiet',
      '--bare',
      world.remote,
      kept.resolve('larkspur/envs.git'),
    ]);
    const api = new HttpGitHost({
      pageUrl: () => fake.url,
      filePath: 'blob',
      apiUrl: name => `${fake.url}/api/${name}`,
      headers: async () => ({}),
      publish: async () => undefined,
      gitCredentials: async () => ({ username: 'x', password: fake.token }),
      proposals: {
        path: 'pulls',
        urlField: 'html_url',
        query: ({ branch }) => ({ head: branch }),
        body: ({ branch, title }) => ({ head: branch, title }),
      },
      merging: {
        numberField: 'number',
        checkPaths: () => [],
        readChecks: () => ({ state: 'none', notPassed: [] }),
      },
    });
    const overHttp = await world.engine(
      {
        create: false,
        remote: fake.cloneUrl('envs'),
        credentials: { username: 'waymark', password: fake.token },
        pullRequests,
      },
      api,
    );
    const handover = await bring(order, overHttp);
    expect([...fake.proposals]).toEqual([
      [branchOf(order), `Bring about ${order.resource.name} in staging`],
    ]);
    expect(handover.waitsFor).toContain(`/proposals/${branchOf(order)}`);
    expect(await fake.git('envs', 'rev-list', '--count', 'main')).toBe('1');
    expect(
      (await overHttp.resume(order, tools())).handover?.content,
    ).toMatchObject({
      proposed: {
        commit: await fake.git('envs', 'rev-parse', branchOf(order)),
      },
    });
    expect(fake.proposals.size).toBe(1);
  });
});
