import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LeashedChild } from '../../../src/processes/child.ts';
import { makeCertificate, type Certificate } from './certificate.ts';

/** A portal that runs as in production, and the address its proxy would ask. */
export type ProductionPortal = LeashedChild & { url: string };

/** A folder, a PostgreSQL server and a certificate for one run. */
export type Production = {
  certificate: Certificate;
  /** Opens the catalog for reading. */
  serviceToken: string;
  /** Starts app-config.production.yaml with this environment and waits until it is ready. */
  startPortal(name: string, env: NodeJS.ProcessEnv): Promise<ProductionPortal>;
  stop(): Promise<void>;
};

/** Where people would open the portal; a proxy ends TLS there. */
export const publicUrl = 'https://portal.example.com';

/** The launcher's own folders are not known yet when this is read. */
const root = path.resolve(import.meta.dirname, '../../../../..');

/** Builds it in a new folder. Sets WAYMARK_HOME, so one per process. */
export async function createProduction(): Promise<Production> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-production-'));
  process.env.WAYMARK_HOME = home;
  // Imported only now, because the launcher reads its folders once.
  const { EmbeddedPostgres } = await import('../../../src/postgres/server.ts');
  const { startBackend } = await import('../../../src/portal/backend.ts');
  const { freePort } = await import('../../../src/ports.ts');

  const secret = () => randomBytes(36).toString('base64url');
  const serviceToken = secret();
  const password = secret();
  const certificate = await makeCertificate(home);
  const server = new EmbeddedPostgres({ password });
  const database = await server.start();
  const portals: LeashedChild[] = [];

  return {
    certificate,
    serviceToken,
    async startPortal(name, given) {
      const port = await freePort();
      const env = {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        NODE_EXTRA_CA_CERTS: certificate.file,
        // Where the launcher, not the portal, keeps what it compiled.
        WAYMARK_CACHE: path.join(home, 'cache'),
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        WAYMARK_URL: publicUrl,
        WAYMARK_HOST: '127.0.0.1',
        WAYMARK_PORT: String(port),
        WAYMARK_SESSION_SECRET: secret(),
        WAYMARK_INFRASTRUCTURE_KEY: secret(),
        WAYMARK_OFFERINGS: path.join(root, 'infrastructure/offerings'),
        WAYMARK_PRICES: path.join(root, 'infrastructure/prices'),
        WAYMARK_SERVICE_TOKEN: serviceToken,
        POSTGRES_HOST: database.host,
        POSTGRES_PORT: String(database.port),
        POSTGRES_PASSWORD: password,
        TECHDOCS_DIRECTORY: path.join(home, 'techdocs'),
        ...given,
      };
      const portal = await startBackend(env, {
        name,
        port,
        base: 'app-config.production.yaml',
      });
      portals.push(portal);
      return { ...portal, url: `http://127.0.0.1:${port}` };
    },
    async stop() {
      await Promise.all(portals.map(portal => portal.stop(30_000)));
      await server.stop();
      await fs.rm(home, { recursive: true, force: true });
    },
  };
}
