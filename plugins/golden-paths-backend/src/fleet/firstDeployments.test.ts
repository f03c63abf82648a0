import { mockServices } from '@backstage/backend-test-utils';
import { caller, FleetBench, releaseOf } from '../__testUtils__/FleetBench';
import { DeploymentReader } from './DeploymentReader';
import { DoraDeployments, type Deployments } from './Deployments';
import type { FirstDeployment } from './FirstDeploymentStore';

jest.setTimeout(120_000);

const bench = new FleetBench();
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
const hour = 3_600_000;

/** Delivery metrics that know so many hours from the form to the first deployment of each. */
const knowing = (hours: Record<string, number | undefined>): Deployments => ({
  async first(entityRef, since) {
    const after = hours[entityRef.replace('component:default/', '')];
    return after === undefined
      ? undefined
      : {
          at: new Date(since.getTime() + after * hour),
          environment: 'staging',
        };
  },
});

async function started(names: string[]) {
  await bench.begin();
  await bench.publish(first);
  for (const name of names) await bench.scaffold(name, first);
  const portal = await bench.open();
  await portal.reader.refresh();
  const look = async (deployments: Deployments) => {
    await bench.knex('services').update({ deployment_asked_at: null });
    await new DeploymentReader({
      store: portal.firstDeployments,
      deployments,
      logger: mockServices.logger.mock(),
    }).look();
  };
  return { ...portal, look };
}

it('tells how long it took from the form, and what is not deployed yet', async () => {
  const { fleet, look } = await started([
    'paper-a',
    'paper-b',
    'paper-c',
    'paper-d',
  ]);
  await expect(fleet.summary()).resolves.toMatchObject({
    firstDeployments: { deployed: 0, none: 0, unknown: 4 },
  });
  await look(knowing({ 'paper-a': 1, 'paper-b': 2, 'paper-c': 5 }));
  const { firstDeployments } = await fleet.summary();
  expect(firstDeployments).toEqual({
    deployed: 3,
    none: 1,
    unknown: 0,
    seconds: {
      shortest: 3600,
      lowerQuartile: 5400,
      median: 7200,
      upperQuartile: 12_600,
      longest: 18_000,
    },
  });
  await expect(fleet.list({ firstDeployment: 'none' })).resolves.toMatchObject({
    total: 1,
    items: [
      {
        title: 'paper-d',
        madeAt: expect.any(String),
        firstDeployment: { state: 'none' },
      },
    ],
  });
  await expect(fleet.find('component:default/paper-b')).resolves.toMatchObject({
    firstDeployment: {
      state: 'deployed',
      environment: 'staging',
      seconds: 7200,
    },
  });
});

it('does without delivery metrics, and keeps what they said before', async () => {
  const { fleet, look } = await started(['paper-a', 'paper-b']);
  const absent: Deployments = {
    first: () => Promise.reject(new Error('404 Not Found')),
  };
  await look(absent);
  const { firstDeployments } = await fleet.summary();
  expect(firstDeployments).toEqual({ deployed: 0, none: 0, unknown: 2 });

  await look(knowing({ 'paper-a': 1 }));
  await look(absent);
  await expect(fleet.summary()).resolves.toMatchObject({
    firstDeployments: { deployed: 1, none: 1, unknown: 0 },
  });
});

it('asks again about what is not deployed, and about the rest once a day', async () => {
  const { firstDeployments: store, look } = await started([
    'paper-a',
    'paper-b',
  ]);
  await look(knowing({ 'paper-a': 1 }));
  const due = async (minutes: number) => {
    await bench.knex('services').update({
      deployment_asked_at: bench.knex.raw(
        `now() - interval '${minutes} minutes'`,
      ),
    });
    return (await store.due(10)).map(({ entity_ref: ref }) => ref);
  };
  await expect(due(1)).resolves.toEqual([]);
  await expect(due(6)).resolves.toEqual(['component:default/paper-b']);
  await expect(due(24 * 60 + 1)).resolves.toHaveLength(2);
});

it('takes the form from the first commit, which an upgrade leaves as it is', async () => {
  const { upgrades, worker, fleet } = await started(['paper-a']);
  const entityRef = 'component:default/paper-a';
  const { madeAt } = await fleet.find(entityRef);
  const made = await bench.git('paper-a', 'log', '-1', '--format=%at', 'main');
  expect(madeAt).toBe(new Date(Number(made) * 1000).toISOString());

  await bench.publish(releaseOf('1.1.0', { 'a.txt': 'two\n' }));
  const { id } = await upgrades.request({ entityRef }, caller);
  await worker.work();
  await upgrades.merge(id, caller);
  await expect(fleet.find(entityRef)).resolves.toMatchObject({
    version: '1.1.0',
    madeAt,
  });
});

it('knows no form of a repository that was there before its golden path', async () => {
  await started(['paper-a']);
  const record = await bench.git('paper-a', 'show', 'main:.golden-path.json');
  await bench.scaffold('paper-b');
  await bench.create('paper-b', {
    'a.txt': 'one\n',
    'catalog-info.yaml':
      'kind: Component\nmetadata:\n  name: paper-b\nspec:\n  owner: group:default/ledger\n',
  });
  await bench.edit('paper-b', '.golden-path.json', record);
  const adopted = bench.entities[1];
  adopted.metadata.annotations = {
    ...adopted.metadata.annotations,
    ...Object.fromEntries(
      Object.entries(bench.entities[0].metadata.annotations ?? {}).filter(
        ([key]) => key.startsWith('waymark.io/'),
      ),
    ),
  };
  const { reader, fleet } = await bench.open();
  await reader.refresh();
  const member = await fleet.find('component:default/paper-b');
  expect(member).toMatchObject({ version: '1.0.0', drift: [] });
  expect(member).not.toHaveProperty('madeAt');
  expect(member).not.toHaveProperty('firstDeployment');
});

describe('the delivery metrics', () => {
  const since = new Date('2026-11-01T12:00:00Z');
  const deployments = new DoraDeployments({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });

  afterEach(() => jest.restoreAllMocks());

  /** Answers with deployments, the newest first. */
  function serve(known: FirstDeployment[], status = 200) {
    const asked: URL[] = [];
    jest.spyOn(global, 'fetch').mockImplementation(async input => {
      const url = new URL((input as Request).url);
      asked.push(url);
      const offset = Number(url.searchParams.get('offset'));
      return new Response(
        JSON.stringify({
          items: known.slice(offset, offset + 1),
          total: known.length,
        }),
        { status, headers: { 'content-type': 'application/json' } },
      );
    });
    return asked;
  }

  it('are asked for the oldest that succeeded since the form', async () => {
    const asked = serve([
      { at: new Date('2026-11-03T12:00:00Z'), environment: 'production' },
      { at: new Date('2026-11-02T12:00:00Z'), environment: 'production' },
      { at: new Date('2026-11-01T13:00:00Z'), environment: 'staging' },
    ]);
    await expect(
      deployments.first('component:default/paper-a', since),
    ).resolves.toEqual({
      at: new Date('2026-11-01T13:00:00Z'),
      environment: 'staging',
    });
    expect(asked).toHaveLength(2);
    expect(asked[0].pathname).toBe('/api/dora/deployments');
    expect(Object.fromEntries(asked[1].searchParams)).toMatchObject({
      entityRef: 'component:default/paper-a',
      outcome: 'succeeded',
      from: '2026-11-01T12:00:00.000Z',
      to: asked[0].searchParams.get('to'),
      offset: '2',
    });
  });

  it('may have none, or not be there', async () => {
    serve([]);
    await expect(
      deployments.first('component:default/paper-a', since),
    ).resolves.toBeUndefined();
    serve([], 404);
    await expect(
      deployments.first('component:default/paper-a', since),
    ).rejects.toThrow('404');
  });
});
