import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { paths } from '../../packages/launcher/src/paths.ts';
import { loadTypeScript } from '../../packages/launcher/src/portal/backend.ts';
import {
  portalEnvironment,
  portalUrl,
} from '../../packages/launcher/src/portal/environment.ts';
import type { Database } from '../../packages/launcher/src/postgres/server.ts';
import { loadSecrets } from '../../packages/launcher/src/secrets.ts';
import { startMeasured, writeCatalogConfig } from '../portals/backend.ts';
import {
  connect,
  emptyDatabases,
  startDatabase,
} from '../portals/databases.ts';
import type { RunningBackend } from '../portals/portal.ts';
import { root } from '../settings.ts';
import type { Size } from './history.ts';
import { writeOrganisation } from './organisation.ts';

const secret = randomBytes(24).toString('base64url');
const token = randomBytes(24).toString('base64url');

/** How far the portal is with what it was given. */
export type Status = { waiting: number; stale: number; upToDate: boolean };

/** A portal of one company, on a database of its own that is kept from run to run. */
export class DoraPortal {
  readonly url = portalUrl;
  readonly size: Size;
  #database: Database | undefined;
  #backend: RunningBackend | undefined;

  constructor(size: Size) {
    this.size = size;
  }

  /** Whether an earlier run has left its data. */
  async isFilled(): Promise<boolean> {
    return fs.access(this.#mark()).then(
      () => true,
      () => false,
    );
  }

  async markFilled(): Promise<void> {
    await fs.writeFile(this.#mark(), '');
  }

  /** Starts with what is there, or empty. */
  async start(options: { empty: boolean }): Promise<void> {
    this.#database ??= await this.#startDatabase();
    if (options.empty) {
      await fs.rm(this.#mark(), { force: true });
      await emptyDatabases(this.#database);
    }
    this.#backend = await startMeasured({
      name: `dora-${this.size.name}`,
      url: this.url,
      repository: root,
      loader: loadTypeScript,
      configs: [
        path.join(root, 'app-config.yaml'),
        await writeCatalogConfig(
          `dora-${this.size.name}`,
          [await writeOrganisation(this.size.services)],
          {
            // It counts as always, but a benchmark is not turned away.
            waymark: { http: { rateLimit: { api: 10_000_000 } } },
            dora: { sources: { github: { secrets: [secret] } } },
            backend: {
              auth: {
                externalAccess: [
                  { type: 'static', options: { token, subject: 'benchmark' } },
                ],
              },
            },
          },
        ),
      ],
      env: {
        ...portalEnvironment({
          database: this.#database,
          secrets: await loadSecrets(),
          docsBin: path.join(paths.toolchain, 'mkdocs', 'bin'),
        }),
        ...(this.size.node ? { NODE_OPTIONS: this.size.node } : {}),
      },
    });
    await this.#untilMirrored();
  }

  async get<T>(route: string): Promise<T> {
    const response = await this.fetch(route);
    if (!response.ok) {
      throw new Error(
        `${route} answered ${response.status}: ${await response.text()}`,
      );
    }
    return response.json() as Promise<T>;
  }

  fetch(
    route: string,
    init: RequestInit & { duplex?: 'half' } = {},
  ): Promise<Response> {
    return fetch(`${this.url}${route}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
  }

  /** Sends an event as GitHub does. */
  deliver(id: string, event: string, payload: object): Promise<Response> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return fetch(`${this.url}/api/dora/webhooks/github`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
  }

  /** Waits until everything that came in is in the numbers. */
  async untilUpToDate(): Promise<void> {
    while (!(await this.get<Status>('/api/dora/status')).upToDate) {
      await delay(250);
    }
  }

  /** A connection to the plugin's tables. */
  tables(): Promise<pg.Client> {
    const server = this.#server();
    return connect(server, server.database, 'dora');
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
    await this.#database?.stop();
  }

  /** Some settings are read only when the server starts, so it starts twice. */
  async #startDatabase(): Promise<Database> {
    const name = `dora-${this.size.name}`;
    const server = await startDatabase(name);
    const settings = Object.entries(this.size.database ?? {});
    if (settings.length === 0) return server;
    const client = await connect(server, 'postgres');
    for (const [setting, value] of settings) {
      await client.query(
        `alter system set ${client.escapeIdentifier(
          setting,
        )} = ${client.escapeLiteral(value)}`,
      );
    }
    await client.end();
    await server.stop();
    return startDatabase(name);
  }

  /** Facts are matched against the plugin's own copy of the catalog. */
  async #untilMirrored(): Promise<void> {
    const client = await this.tables();
    try {
      for (;;) {
        const { rows } = await client.query(
          `select count(*)::int as there from entities
            where ref like 'component:default/measured-service-%' and parent_ref is not null
              and owner_ref is not null`,
        );
        if (rows[0].there >= this.size.services) return;
        await delay(500);
      }
    } finally {
      await client.end();
    }
  }

  #mark(): string {
    return path.join(paths.home, `dora-${this.size.name}.filled`);
  }

  #server(): Database {
    if (!this.#database) throw new Error('Start the portal before it is used.');
    return this.#database;
  }
}
