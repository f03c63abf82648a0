import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LeashedChild } from '../../../src/processes/child.ts';
import type { Database } from '../../../src/postgres/server.ts';
import { beginWithKept, keep, mayKeep } from '../../support/keptStart.ts';
import { withoutSearch } from '../../support/quiet.ts';

/** A portal process of the world, with the address it answers at. */
export type Replica = LeashedChild & { port: number; url: string };

/** A database of its own, and as many portals on it as a test starts. */
export type World = {
  home: string;
  /** Authorises requests as a service that may read the catalog. */
  headers: Record<string, string>;
  /** Signs deliveries as GitHub does. */
  deliverySecret: string;
  database: Database;
  /** Starts PostgreSQL again, on the port it had. */
  startDatabase(): Promise<void>;
  /** Starts a portal and waits until it is ready; `env` and `port` go before what is usual. */
  startReplica(
    name: string,
    env?: NodeJS.ProcessEnv,
    port?: number,
  ): Promise<Replica>;
  /** Ends everything and removes what it wrote. */
  stop(): Promise<void>;
};

/** A secret of one run; nothing outside this world accepts it. */
const secret = () => randomBytes(24).toString('base64url');

function configuration(token: string, deliverySecret: string): object {
  return {
    ...withoutSearch,
    // Shorter than a portal's own, so that a hung server is given up sooner.
    waymark: {
      database: {
        statementTimeout: { seconds: 8 },
        queryTimeout: { seconds: 10 },
      },
    },
    dora: { sources: { github: { secrets: [deliverySecret] } } },
    backend: {
      // A test sees in the database which replica is at work.
      database: { connection: { application_name: '${REPLICA_NAME}' } },
      // Ten looks of the balancer.
      lifecycle: { serverShutdownDelay: { seconds: 2 } },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token, subject: 'fault-tests' },
          },
        ],
      },
    },
  };
}

/**
 * Builds a world in a new folder. Sets WAYMARK_HOME, so one world per process.
 *
 * @param configure - what its portals are told besides, given the folder of the world
 * @param options.isFirstStart - for what is about the first start: the database is empty
 */
export async function createWorld(
  configure: (home: string) => Promise<object> = async () => ({}),
  { isFirstStart = false } = {},
): Promise<World> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-faults-'));
  process.env.WAYMARK_HOME = home;
  // Imported only now, because the launcher reads its folders once.
  const { EmbeddedPostgres } = await import('../../../src/postgres/server.ts');
  const { startBackend } = await import('../../../src/portal/backend.ts');
  const { portalEnvironment } = await import(
    '../../../src/portal/environment.ts'
  );
  const { bringProvisioner } = await import(
    '../../../src/postgres/provisioner.ts'
  );
  const { loadSecrets } = await import('../../../src/secrets.ts');
  const { freePort } = await import('../../../src/ports.ts');

  const data = path.join(home, 'data');
  const isKept = !isFirstStart && (await beginWithKept(data));
  const secrets = await loadSecrets();
  const token = secret();
  const deliverySecret = secret();
  const [usual, nobody, own] = await Promise.all(
    [
      configuration(token, deliverySecret),
      { catalog: { locations: [] } },
      await configure(home),
    ].map(async (settings, index) => {
      const file = path.join(home, `faults-${index}.json`);
      await fs.writeFile(file, JSON.stringify(settings));
      return file;
    }),
  );
  const server = new EmbeddedPostgres({ password: secrets.postgresPassword });
  const database = await server.start();
  await bringProvisioner(database, secrets, { closed: [] });
  const replicas: LeashedChild[] = [];
  const start = async (
    name: string,
    config: string[],
    given: NodeJS.ProcessEnv = {},
    wanted?: number,
  ): Promise<Replica> => {
    const port = wanted ?? (await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = {
      // Each replica reaches itself: its own address, not the balancer's.
      ...portalEnvironment({ database, secrets, docsBin: home }),
      WAYMARK_PORT: String(port),
      WAYMARK_URL: url,
      REPLICA_NAME: name,
      ...given,
    };
    const child = await startBackend(env, { name, port, config });
    replicas.push(child);
    return { ...child, port, url };
  };
  if (mayKeep && !isKept && !isFirstStart) {
    const first = await start('first', [usual, nobody]);
    await first.stop(30_000);
    await keep(data, database);
    await server.start({ port: database.port });
  }

  return {
    home,
    headers: { authorization: `Bearer ${token}` },
    deliverySecret,
    database,
    async startDatabase() {
      await server.start({ port: database.port });
    },
    startReplica: (name, given, wanted) =>
      start(name, [usual, own], given, wanted),
    async stop() {
      await Promise.all(replicas.map(replica => replica.stop(30_000)));
      await server.stop();
      await fs.rm(home, { recursive: true, force: true });
    },
  };
}
