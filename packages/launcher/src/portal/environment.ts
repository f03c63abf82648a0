import path from 'node:path';
import { paths } from '../paths.ts';
import { issuerPort, portalPort } from '../ports.ts';
import { provisioner } from '../postgres/provisioner.ts';
import type { Database } from '../postgres/server.ts';
import type { Secrets } from '../secrets.ts';

/** The id under which the portal is known to the local issuer. */
export const clientId = 'waymark';

/** Where the issuer sends people back to. */
export const redirectUri = `http://localhost:${portalPort}/api/auth/oidc/handler/frame`;

/** The address a person opens. */
export const portalUrl = `http://localhost:${portalPort}`;

/** Everything app-config.yaml takes from the environment. */
export function portalEnvironment(options: {
  database: Database;
  secrets: Secrets;
  docsBin: string;
}): NodeJS.ProcessEnv {
  const { database, secrets, docsBin } = options;
  return {
    ...process.env,
    PATH: `${docsBin}${path.delimiter}${process.env.PATH}`,
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE:
      process.env.NODE_COMPILE_CACHE || path.join(paths.cache, 'compiled'),
    // Says that this is a development portal on purpose; a deployment never sets it.
    WAYMARK_DEVELOPMENT: 'true',
    WAYMARK_URL: portalUrl,
    WAYMARK_PORT: String(portalPort),
    WAYMARK_SESSION_SECRET: secrets.sessionSecret,
    WAYMARK_SERVICE_TOKEN: secrets.serviceToken,
    WAYMARK_DELIVERY_TOKEN: secrets.deliveryToken,
    WAYMARK_BILL_TOKEN: secrets.billToken,
    GITHUB_WEBHOOK_SECRET: secrets.githubWebhookSecret,
    PAGERDUTY_WEBHOOK_SECRET: secrets.pagerdutyWebhookSecret,
    WAYMARK_INFRASTRUCTURE_KEY: secrets.infrastructureKey,
    WAYMARK_GITOPS_SECRET: secrets.gitopsSecret,
    WAYMARK_REPOSITORIES: paths.repositories,
    WAYMARK_TERRAFORM: paths.terraform,
    WAYMARK_CACHE: paths.cache,
    OIDC_METADATA_URL: `http://localhost:${issuerPort}/.well-known/openid-configuration`,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: secrets.clientSecret,
    POSTGRES_HOST: database.host,
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
    POSTGRES_DATABASE: database.database,
    WAYMARK_PROVISIONER_USER: provisioner,
    WAYMARK_PROVISIONER_PASSWORD: secrets.provisionerPassword,
  };
}
