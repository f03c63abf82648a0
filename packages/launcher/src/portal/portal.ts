import { step } from '../console/progress.ts';
import { startLocalIssuer } from '../issuer/issuer.ts';
import { readPeople } from '../people/people.ts';
import { issuerPort, portalPort, requireFreePort } from '../ports.ts';
import { openDatabase } from '../postgres/database.ts';
import type { Database } from '../postgres/server.ts';
import { loadSecrets } from '../secrets.ts';
import { bringMkDocs } from '../toolchain/docs.ts';
import { startBackend } from './backend.ts';
import { waitForPeople } from './catalog.ts';
import { clientId, portalEnvironment, redirectUri } from './environment.ts';
import { buildFrontend } from './frontend.ts';

/** What runs beside the portal itself, and stops after it. */
export type Surroundings = {
  env: NodeJS.ProcessEnv;
  database: Database;
  stop(): Promise<void>;
};

/** A portal that runs. */
export type Portal = Surroundings & {
  /** Settles when the backend ends by itself. */
  ended: Promise<number | null>;
};

async function stopAll(stops: (() => Promise<unknown>)[]): Promise<void> {
  // In reverse: what was started last leans on what was started first.
  for (const stop of [...stops].reverse()) {
    await stop().catch(() => undefined);
  }
}

/** Starts database and identity issuer, and brings MkDocs: all the portal needs but itself. */
export async function startSurroundings(): Promise<Surroundings> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const secrets = await loadSecrets();
    const docsBin = await step('Docs generator (MkDocs)', () =>
      bringMkDocs().then(bin => ({ bin })),
    );
    const database = await step('PostgreSQL', () => openDatabase(secrets));
    stops.push(() => database.stop());
    const issuer = await step('Local identity issuer', async () =>
      startLocalIssuer({
        port: issuerPort,
        client: { id: clientId, secret: secrets.clientSecret, redirectUri },
        people: await readPeople(),
        database,
      }),
    );
    stops.push(() => issuer.stop());
    return {
      env: portalEnvironment({ database, secrets, docsBin: docsBin.bin }),
      database,
      stop: () => stopAll(stops),
    };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** Fails early, before anything is started, when the ports are taken. */
export async function requirePorts(): Promise<void> {
  await requireFreePort(portalPort, 'the portal', 'WAYMARK_PORT');
  await requireFreePort(
    issuerPort,
    'the identity issuer',
    'WAYMARK_ISSUER_PORT',
  );
}

/** Builds the frontend when it is stale. */
export async function bringFrontend(): Promise<void> {
  await step('Frontend', async () =>
    (await buildFrontend()) ? 'Frontend built' : 'Frontend is up to date',
  );
}

/**
 * Builds what is stale and starts everything; `npm start` and the tests share it.
 *
 * @param given - goes before the portal's usual environment
 */
export async function startPortal(
  given: NodeJS.ProcessEnv = {},
): Promise<Portal> {
  await requirePorts();
  await bringFrontend();
  const surroundings = await startSurroundings();
  try {
    const backend = await step('Portal', () =>
      startBackend({ ...surroundings.env, ...given }),
    );
    await step('Catalog', async () =>
      waitForPeople(await readPeople(), await loadSecrets()),
    );
    return {
      ...surroundings,
      ended: backend.ended,
      async stop() {
        await backend.stop();
        await surroundings.stop();
      },
    };
  } catch (error) {
    await surroundings.stop();
    throw error;
  }
}
