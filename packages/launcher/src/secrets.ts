import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from './paths.ts';

/** What a development portal needs to keep secret, made once per machine. */
export type Secrets = {
  /** Password of the embedded database's owner. */
  postgresPassword: string;
  /** Password of the role that makes databases for people. */
  provisionerPassword: string;
  /** Signs the sign-in session cookie. */
  sessionSecret: string;
  /** Shared between the portal and the local issuer. */
  clientSecret: string;
  /** Static token of the demo's service account. */
  serviceToken: string;
  /** Static token with which the demo's deliveries are imported. */
  deliveryToken: string;
  /** Static token with which the demo's bills are imported. */
  billToken: string;
  /** Signs webhooks as GitHub does. */
  githubWebhookSecret: string;
  /** Signs webhooks as PagerDuty does. */
  pagerdutyWebhookSecret: string;
  /** Encrypts the secrets of what infrastructure was made. */
  infrastructureKey: string;
  /** Signs reports on commits as Flux does, and is the token of Argo CD's. */
  gitopsSecret: string;
};

function generate(): Secrets {
  const make = () => randomBytes(24).toString('base64url');
  return {
    postgresPassword: make(),
    provisionerPassword: make(),
    sessionSecret: make(),
    clientSecret: make(),
    serviceToken: make(),
    deliveryToken: make(),
    billToken: make(),
    githubWebhookSecret: make(),
    pagerdutyWebhookSecret: make(),
    infrastructureKey: make(),
    gitopsSecret: make(),
  };
}

async function readSecrets(): Promise<Partial<Secrets>> {
  try {
    return JSON.parse(await fs.readFile(paths.secrets, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {};
  }
}

/**
 * Reads the machine's secrets, making those that it has not yet: all on the
 * first start, and what a newer portal needs besides on a later one. Readable
 * by their owner only.
 */
export async function loadSecrets(): Promise<Secrets> {
  const known = await readSecrets();
  const secrets = { ...generate(), ...known };
  if (Object.keys(known).length === Object.keys(secrets).length) return secrets;
  await fs.mkdir(path.dirname(paths.secrets), { recursive: true });
  // Written whole or not at all: a password lost half-way would lock the database.
  const partial = `${paths.secrets}.partial`;
  await fs.writeFile(partial, JSON.stringify(secrets, null, 2), {
    mode: 0o600,
  });
  await fs.rename(partial, paths.secrets);
  return secrets;
}
