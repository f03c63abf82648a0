import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type pg from 'pg';
import { paths } from '../../packages/launcher/src/paths.ts';
import { loadTypeScript } from '../../packages/launcher/src/portal/backend.ts';
import {
  portalEnvironment,
  portalUrl,
} from '../../packages/launcher/src/portal/environment.ts';
import type { Database } from '../../packages/launcher/src/postgres/server.ts';
import { loadSecrets } from '../../packages/launcher/src/secrets.ts';
import { root } from '../settings.ts';
import { startMeasured, writeCatalogConfig } from './backend.ts';
import { connect, emptyDatabases, startDatabase } from './databases.ts';
import type { RunningBackend } from './portal.ts';

/** A schema of a database that holds all it is to hold. */
const filledMark = 'benchmark_filled';

const token = randomBytes(24).toString('base64url');

/** A portal that is given a lot, on a database of its own that is kept from run to run. */
export class KeptPortal {
  readonly url = portalUrl;
  readonly #options: KeptPortalOptions;
  #database: Database | undefined;
  #backend: RunningBackend | undefined;

  constructor(options: KeptPortalOptions) {
    this.#options = options;
  }

  /** The process of the backend. */
  get pid(): number {
    if (!this.#backend) throw new Error('Start the portal before it is used.');
    return this.#backend.pid;
  }

  /** Whether an earlier run has left its data. The database says so itself, so nothing is taken for there that was thrown away. */
  async isFilled(): Promise<boolean> {
    const { rows } = await this.#ask(
      `select to_regnamespace('${filledMark}') is not null as filled`,
    );
    return rows[0].filled;
  }

  async markFilled(): Promise<void> {
    await this.#ask(`create schema ${filledMark}`);
  }

  /** Starts with what is there, or empty. */
  async start(options: { empty: boolean }): Promise<void> {
    const { name, catalogFile, config, node } = this.#options;
    this.#database ??= await this.#startDatabase();
    if (options.empty) await emptyDatabases(this.#database);
    this.#backend = await startMeasured({
      name,
      url: this.url,
      repository: root,
      loader: loadTypeScript,
      configs: [
        path.join(root, 'app-config.yaml'),
        await writeCatalogConfig(name, [catalogFile], {
          ...config,
          // It counts as always, but a benchmark is not turned away.
          waymark: { http: { rateLimit: { api: 10_000_000 } } },
          backend: {
            auth: {
              externalAccess: [
                { type: 'static', options: { token, subject: 'benchmark' } },
              ],
            },
          },
        }),
      ],
      env: {
        ...portalEnvironment({
          database: this.#database,
          secrets: await loadSecrets(),
          docsBin: path.join(paths.toolchain, 'mkdocs', 'bin'),
        }),
        ...(node ? { NODE_OPTIONS: node } : {}),
      },
    });
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

  /** A connection to the tables of a plugin. */
  tablesOf(plugin: string): Promise<pg.Client> {
    if (!this.#database) throw new Error('Start the portal before it is used.');
    return connect(this.#database, this.#database.database, plugin);
  }

  /** Ends the backend as a power cut does, and starts it again. */
  async killBackend(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.#backend?.stop();
    await this.start({ empty: false });
  }

  /** Ends PostgreSQL as a power cut does, and starts it again where it was. */
  async killDatabase(): Promise<void> {
    if (!this.#database) throw new Error('Start the portal before it is used.');
    const client = await connect(this.#database, 'postgres');
    const { rows } = await client.query<{ pid: number }>(
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`,
    );
    await client.end();
    process.kill(rows[0].pid, 'SIGKILL');
    const { name } = this.#options;
    this.#database = await startDatabase(name, this.#database.port);
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
    await this.#database?.stop();
  }

  /** Some settings are read only when the server starts, so it starts twice. */
  async #startDatabase(): Promise<Database> {
    const { name } = this.#options;
    const server = await startDatabase(name);
    const settings = Object.entries(this.#options.database ?? {});
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

  async #ask(statement: string): Promise<pg.QueryResult> {
    this.#database ??= await this.#startDatabase();
    const client = await connect(this.#database, this.#database.database);
    try {
      return await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

type KeptPortalOptions = {
  name: string;
  /** Its entities, beside those of the demo organisation. */
  catalogFile: string;
  /** What it is told besides. */
  config?: Record<string, unknown>;
  /** What PostgreSQL is given; what it comes with when absent. */
  database?: Record<string, string>;
  /** Options of Node. */
  node?: string;
};
