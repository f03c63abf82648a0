import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Database } from '../../packages/launcher/src/postgres/server.ts';
import { ports } from '../settings.ts';
import { startMeasured, writeCatalogConfig } from './backend.ts';
import { connect, emptyDatabases, startDatabase } from './databases.ts';
import type { Portal, RunningBackend, StartOptions } from './portal.ts';
import { bringVanillaApp } from './vanillaApp.ts';

/** A Backstage app as `create-app` makes it, on PostgreSQL, with its guest sign-in. */
export class Vanilla implements Portal {
  readonly name = 'vanilla';
  readonly url = `http://localhost:${ports.vanilla}`;
  /** It has the catalog for its first page. */
  readonly catalogPage = '/?filters%5Bkind%5D=component&filters%5Buser%5D=all';
  #repository = '';
  #database: Database | undefined;

  async open(): Promise<void> {
    this.#repository = await bringVanillaApp();
    this.#database = await startDatabase(this.name);
  }

  async empty(): Promise<void> {
    await emptyDatabases(this.#server());
  }

  async start(options: StartOptions = {}): Promise<RunningBackend> {
    const server = this.#server();
    const { host, port, user, password } = server;
    return startMeasured({
      name: this.name,
      url: this.url,
      repository: this.#repository,
      loader: createRequire(
        path.join(this.#repository, 'packages', 'backend', 'package.json'),
      ).resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      configs: [
        path.join(this.#repository, 'app-config.yaml'),
        await writeCatalogConfig(this.name, options.catalogFiles ?? [], {
          app: { baseUrl: this.url },
          backend: {
            baseUrl: this.url,
            listen: { host: '127.0.0.1', port: ports.vanilla },
            database: {
              client: 'pg',
              connection: { host, port, user, password },
            },
          },
          auth: {
            providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
          },
        }),
      ],
      env: {
        ...process.env,
        NODE_ENV: 'production',
      },
    });
  }

  catalogTables() {
    return connect(this.#server(), 'backstage_plugin_catalog');
  }

  async token(): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/guest/refresh`);
    const session = (await response.json()) as {
      backstageIdentity?: { token: string };
    };
    if (!session.backstageIdentity) {
      throw new Error(`The guest sign-in answered ${response.status}.`);
    }
    return session.backstageIdentity.token;
  }

  signInButton(page: Page) {
    return page.getByRole('button', { name: 'Enter' });
  }

  async passSignIn(page: Page): Promise<void> {
    await this.signInButton(page).click();
  }

  async close(): Promise<void> {
    await this.#database?.stop();
  }

  #server(): Database {
    if (!this.#database) throw new Error('Open the portal before it is used.');
    return this.#database;
  }
}
