import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { signIn } from '../../packages/launcher/src/identity/signIn.ts';
import {
  startLocalIssuer,
  type LocalIssuer,
} from '../../packages/launcher/src/issuer/issuer.ts';
import { paths } from '../../packages/launcher/src/paths.ts';
import { readPeople } from '../../packages/launcher/src/people/people.ts';
import { loadTypeScript } from '../../packages/launcher/src/portal/backend.ts';
import {
  clientId,
  portalEnvironment,
  redirectUri,
} from '../../packages/launcher/src/portal/environment.ts';
import { issuerPort } from '../../packages/launcher/src/ports.ts';
import { bringProvisioner } from '../../packages/launcher/src/postgres/provisioner.ts';
import type { Database } from '../../packages/launcher/src/postgres/server.ts';
import { loadSecrets } from '../../packages/launcher/src/secrets.ts';
import {
  startMeasured,
  untilAtRest,
  writeCatalogConfig,
} from '../portals/backend.ts';
import { connect, startDatabase } from '../portals/databases.ts';
import type { RunningBackend } from '../portals/portal.ts';
import { folder, ports, root } from '../settings.ts';
import { letGo, stock } from './shop.ts';

const name = 'infrastructure';
const people = ['amara', 'jonas'] as const;

/** Who asks, and who approves. */
export type Person = (typeof people)[number];

const plenty = {
  development: 100_000,
  staging: 100_000,
  production: 100_000,
};

/** Nobody is turned away: what is measured is how long it takes. */
async function settings() {
  const { offerings, modules } = await stock();
  return {
    waymark: { http: { rateLimit: { api: 10_000_000 } } },
    infrastructure: {
      offerings,
      terraform: { modules },
      allowances: {
        default: {
          budget: 100_000_000,
          quotas: { databases: plenty, 'slow-things': plenty },
        },
      },
    },
  };
}

/** Two backends on one database, with people who are signed in. */
export class InfrastructurePortals {
  readonly urls = [ports.waymark, ports.vanilla].map(
    port => `http://localhost:${port}`,
  );
  #database: Database | undefined;
  #issuer: LocalIssuer | undefined;
  readonly #backends: RunningBackend[] = [];
  readonly #tokens = new Map<Person, string>();
  #turn = 0;

  /** Starts both with nothing in them. */
  async start(): Promise<void> {
    await fs.rm(path.join(folder, `${name}-postgres`), {
      recursive: true,
      force: true,
    });
    const secrets = await loadSecrets();
    const database = await startDatabase(name);
    this.#database = database;
    await bringProvisioner(database, secrets, { closed: [] });
    this.#issuer = await startLocalIssuer({
      port: issuerPort,
      client: { id: clientId, secret: secrets.clientSecret, redirectUri },
      people: await readPeople(),
      database,
    });
    const config = await writeCatalogConfig(name, [], await settings());
    for (const url of this.urls) {
      const { port } = new URL(url);
      this.#backends.push(
        await startMeasured({
          name: `${name}-${port}`,
          url,
          repository: root,
          loader: loadTypeScript,
          configs: [path.join(root, 'app-config.yaml'), config],
          env: {
            ...portalEnvironment({
              database,
              secrets,
              docsBin: path.join(paths.toolchain, 'mkdocs', 'bin'),
            }),
            WAYMARK_PORT: port,
            WAYMARK_URL: url,
          },
        }),
      );
    }
    for (const person of people) {
      this.#tokens.set(person, await this.#signIn(person));
    }
    await untilAtRest(this.#backends);
  }

  /** Asks one backend or the other, in turn. */
  async ask<T>(as: Person, route: string, body?: object): Promise<T> {
    this.#turn += 1;
    const response = await fetch(
      `${this.urls[this.#turn % this.urls.length]}/api/infrastructure${route}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${this.#tokens.get(as)}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      },
    );
    if (!response.ok) {
      throw new Error(
        `${route} answered ${response.status}: ${await response.text()}`,
      );
    }
    return response.json() as Promise<T>;
  }

  /** A connection to the plugin's tables. */
  tables(): Promise<pg.Client> {
    if (!this.#database) throw new Error('Start the portals first.');
    return connect(this.#database, this.#database.database, name);
  }

  async stop(): Promise<void> {
    // What is still at work would outlive the portals.
    await letGo();
    await Promise.all(this.#backends.map(backend => backend.stop()));
    await this.#issuer?.stop();
    await this.#database?.stop();
  }

  /** The catalog knows people some seconds after its first start. */
  async #signIn(person: Person): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await signIn(this.urls[0], person);
      } catch (error) {
        if (attempt === 120) throw error;
        await delay(500);
      }
    }
  }
}
