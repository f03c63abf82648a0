import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
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
  portalUrl,
  redirectUri,
} from '../../packages/launcher/src/portal/environment.ts';
import { buildFrontend } from '../../packages/launcher/src/portal/frontend.ts';
import { issuerPort } from '../../packages/launcher/src/ports.ts';
import type { Database } from '../../packages/launcher/src/postgres/server.ts';
import {
  loadSecrets,
  type Secrets,
} from '../../packages/launcher/src/secrets.ts';
import { root } from '../settings.ts';
import { startMeasured, writeCatalogConfig } from './backend.ts';
import { connect, emptyDatabases, startDatabase } from './databases.ts';
import type { Portal, RunningBackend, StartOptions } from './portal.ts';

/** This repository, run with the pieces that `npm start` runs. */
export class Waymark implements Portal {
  readonly name = 'waymark';
  readonly url = portalUrl;
  readonly catalogPage =
    '/catalog?filters%5Bkind%5D=component&filters%5Buser%5D=all';
  #database: Database | undefined;
  #secrets: Secrets | undefined;
  #issuer: LocalIssuer | undefined;

  async open(): Promise<void> {
    await buildFrontend();
    this.#secrets = await loadSecrets();
    this.#database = await startDatabase(this.name);
  }

  async empty(): Promise<void> {
    // Its tables go with the rest.
    await this.#stopIssuer();
    await emptyDatabases(this.#server());
    await fs.rm(paths.cache, { recursive: true, force: true });
  }

  async start({
    catalogFiles = [],
  }: StartOptions = {}): Promise<RunningBackend> {
    const secrets = this.#secrets ?? (await loadSecrets());
    this.#issuer ??= await startLocalIssuer({
      port: issuerPort,
      client: { id: clientId, secret: secrets.clientSecret, redirectUri },
      people: await readPeople(),
      database: this.#server(),
    });
    return startMeasured({
      name: this.name,
      url: this.url,
      repository: root,
      loader: loadTypeScript,
      configs: [
        path.join(root, 'app-config.yaml'),
        await writeCatalogConfig(this.name, catalogFiles, {
          // It counts as always, but a benchmark is not turned away.
          waymark: { http: { rateLimit: { api: 1_000_000 } } },
        }),
      ],
      env: portalEnvironment({
        database: this.#server(),
        secrets,
        docsBin: path.join(paths.toolchain, 'mkdocs', 'bin'),
      }),
    });
  }

  catalogTables() {
    const server = this.#server();
    return connect(server, server.database, 'catalog');
  }

  token(): Promise<string> {
    return signIn(this.url, 'amara');
  }

  signInButton(page: Page) {
    return page.getByRole('button', { name: 'Continue with Larkspur' });
  }

  async passSignIn(page: Page): Promise<void> {
    await this.signInButton(page).click();
    await page.getByRole('button', { name: 'Amara Okafor' }).click();
  }

  async close(): Promise<void> {
    await this.#stopIssuer();
    await this.#database?.stop();
  }

  async #stopIssuer(): Promise<void> {
    await this.#issuer?.stop();
    this.#issuer = undefined;
  }

  #server(): Database {
    if (!this.#database) throw new Error('Open the portal before it is used.');
    return this.#database;
  }
}
