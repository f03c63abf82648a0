import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
  type EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import type { ResourceSummary } from '@waymark/plugin-infrastructure-common';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { infrastructureResources } from './module';

function resource(
  name: string,
  change: Partial<ResourceSummary> = {},
): ResourceSummary {
  return {
    id: `id-of-${name}`,
    name,
    offering: 'postgres-database',
    offeringTitle: 'PostgreSQL database',
    resourceType: 'database',
    environment: 'staging',
    owner: 'group:default/ledger',
    state: 'ready',
    createdAt: '2026-03-01T10:00:00Z',
    changedAt: '2026-03-01T10:00:09Z',
    entityRef: `resource:default/${name}`,
    ...change,
  };
}

/** The catalog with the module in it, beside an infrastructure plugin that answers as its API does. */
async function startCatalog() {
  const infrastructure = {
    resources: [] as ResourceSummary[],
    isDown: false,
    tokens: new Set<string | undefined>(),
  };
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://here');
    infrastructure.tokens.add(request.headers.authorization);
    if (infrastructure.isDown || pathname !== '/resources') {
      response.writeHead(503).end();
      return;
    }
    const states = searchParams.getAll('state').flatMap(to => to.split(','));
    const offset = Number(searchParams.get('offset'));
    const found = infrastructure.resources.filter(({ state }) =>
      states.includes(state),
    );
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        items: found.slice(offset, offset + Number(searchParams.get('limit'))),
        total: found.length,
      }),
    );
  });
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;

  const providers: EntityProvider[] = [];
  const scheduler = mockServices.scheduler.mock();
  const backend = await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addEntityProvider: (...given) =>
            void providers.push(...(given.flat() as EntityProvider[])),
        } as typeof catalogProcessingExtensionPoint.T,
      ],
    ],
    features: [
      infrastructureResources,
      scheduler.factory,
      mockServices.discovery.mock({
        getBaseUrl: async () => `http://localhost:${port}`,
      }).factory,
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'https://portal.example' } },
      }),
    ],
  });
  const mutations: EntityProviderMutation[] = [];
  await providers[0].connect({
    applyMutation: async mutation => void mutations.push(mutation),
    refresh: async () => {},
  });
  const [task] = scheduler.scheduleTask.mock.calls[0];
  return {
    infrastructure,
    mutations,
    task,
    /** What the scheduler does every few seconds. */
    look: async () => task.fn(new AbortController().signal),
    /** Names of the resources that the catalog has. */
    names: () => {
      const last = mutations.at(-1);
      return last?.type === 'full'
        ? last.entities.map(({ entity }) => entity.metadata.name).sort()
        : [];
    },
    stop: async () => {
      await backend.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('the resources of the infrastructure plugin in the catalog', () => {
  let catalog: Awaited<ReturnType<typeof startCatalog>>;
  beforeEach(async () => {
    catalog = await startCatalog();
  });
  afterEach(() => catalog.stop());

  it('are looked for every five seconds, by every backend for itself', () => {
    expect(catalog.task).toMatchObject({
      frequency: { seconds: 5 },
      scope: 'local',
    });
  });

  it('appear with the next look, change, and are gone once they are destroyed', async () => {
    const { infrastructure, look, names } = catalog;
    await look();
    expect(names()).toEqual([]);

    infrastructure.resources = [
      resource('orders'),
      resource('billing', { state: 'provisioning' }),
    ];
    await look();
    // What is not there yet is nobody's to depend on.
    expect(names()).toEqual(['orders']);

    infrastructure.resources = [
      resource('orders', { state: 'drifted', owner: 'group:default/shop' }),
      resource('billing'),
    ];
    await look();
    expect(names()).toEqual(['billing', 'orders']);
    expect(catalog.mutations.at(-1)).toMatchObject({
      type: 'full',
      entities: [
        { entity: { spec: { owner: 'group:default/shop' } } },
        { entity: { spec: { owner: 'group:default/ledger' } } },
      ],
    });

    infrastructure.resources = [
      resource('orders', { state: 'destroyed' }),
      resource('billing'),
    ];
    await look();
    expect(names()).toEqual(['billing']);
  });

  it('are told to the catalog only when they are not what they were', async () => {
    const { infrastructure, look, mutations } = catalog;
    infrastructure.resources = [resource('orders')];
    await look();
    await look();
    expect(mutations).toHaveLength(1);
  });

  it('are read to the last page, as the catalog itself', async () => {
    const { infrastructure, look, names } = catalog;
    infrastructure.resources = Array.from({ length: 401 }, (_, number) =>
      resource(`orders-${number}`),
    );
    await look();
    expect(new Set(names()).size).toBe(401);
    expect([...infrastructure.tokens]).toEqual([
      expect.stringMatching(/^Bearer mock-service-token:.*infrastructure/),
    ]);
  });

  it('stay while the plugin does not answer', async () => {
    const { infrastructure, look, mutations } = catalog;
    infrastructure.resources = [resource('orders')];
    await look();
    infrastructure.isDown = true;
    await expect(look()).rejects.toThrow('503');
    expect(mutations).toHaveLength(1);
  });
});
