import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  enginesExtensionPoint,
  type Engine,
} from '@waymark/plugin-infrastructure-node';
import { readPostgresServers } from './config';
import { infrastructureModulePostgres } from './module';

async function engineWith(infrastructure: JsonObject): Promise<Engine> {
  const engines: Engine[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [enginesExtensionPoint, { addEngine: engine => engines.push(engine) }],
    ],
    features: [
      infrastructureModulePostgres,
      mockServices.rootConfig.factory({ data: { infrastructure } }),
    ],
  });
  await backend.stop();
  expect(engines).toHaveLength(1);
  return engines[0];
}

const connection = { host: 'db', user: 'provisioner', password: 'open' };

it('can be used when a server is configured', async () => {
  const engine = await engineWith({
    postgres: { servers: { shared: { connection } } },
  });
  expect(engine.name).toBe('postgres');
  expect(await engine.unavailable()).toBeUndefined();
});

it('says what is missing when none is', async () => {
  expect(await (await engineWith({})).unavailable()).toBe(
    'No PostgreSQL server is configured: infrastructure.postgres.servers is empty.',
  );
});

it('reads where the portal and where people reach a server', () => {
  const servers = readPostgresServers(
    mockServices.rootConfig({
      data: {
        infrastructure: {
          postgres: {
            servers: {
              near: { connection },
              far: {
                connection: { ...connection, port: '6432', ca: 'PEM' },
                shown: { host: 'db.example', port: 6433 },
              },
            },
          },
        },
      },
    }),
  );
  expect(servers).toEqual([
    {
      name: 'near',
      connection: {
        ...connection,
        port: 5432,
        database: 'postgres',
        ssl: false,
      },
      shown: { host: 'db', port: 5432 },
    },
    {
      name: 'far',
      connection: {
        ...connection,
        port: 6432,
        database: 'postgres',
        ssl: { ca: 'PEM' },
      },
      shown: { host: 'db.example', port: 6433 },
    },
  ]);
});
