import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { withoutEmptySections } from '../settings/optionalSections';
import { findDevelopmentSettings } from './findDevelopmentSettings';

const root = path.resolve(__dirname, '../../../..');
const secret = 'Vn2kq8Lr0Zt5Yx1Wc7Ub3Me9Pa4Hd6Js';

/** What production needs at least, beside what has a default. */
const enough = {
  WAYMARK_URL: 'https://portal.example.com',
  WAYMARK_SESSION_SECRET: secret,
  WAYMARK_INFRASTRUCTURE_KEY: secret,
  WAYMARK_DEVELOPERS: 'group:default/engineering, group:default/data',
  POSTGRES_HOST: 'database.example.com',
  POSTGRES_PASSWORD: 'kV8-nq2-Zr7-pM4',
  WAYMARK_REPOSITORIES: '/var/lib/waymark/repositories',
  OIDC_TITLE: 'Example',
  OIDC_METADATA_URL: 'https://id.example.com/.well-known/openid-configuration',
  OIDC_CLIENT_ID: 'waymark',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-issuer',
};

const withoutIssuer = Object.fromEntries(
  Object.entries(enough).filter(([name]) => !name.startsWith('OIDC_')),
);

async function load(file: string, env: Record<string, string>) {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: ['--config', path.join(root, file)],
      env,
      substitutionFunc: async name => env[name],
      watch: false,
    }),
  );
  const data = config.get<JsonObject>();
  config.close();
  return new ConfigReader(withoutEmptySections(data));
}

const keysOf = async (env: Record<string, string>) =>
  findDevelopmentSettings(await load('app-config.production.yaml', env), env)
    .map(({ key }) => key)
    .sort();

describe('findDevelopmentSettings', () => {
  it('finds nothing in a production portal with what it needs', async () => {
    expect(await keysOf(enough)).toEqual([]);
  });

  it('takes GitHub in the place of an issuer', async () => {
    expect(
      await keysOf({
        ...withoutIssuer,
        GITHUB_SIGN_IN_TITLE: 'GitHub',
        GITHUB_SIGN_IN_CLIENT_ID: 'id',
        GITHUB_SIGN_IN_CLIENT_SECRET: 'a-secret-of-github',
      }),
    ).toEqual([]);
  });

  it('refuses a way to sign in without a button', async () => {
    expect(await keysOf({ ...enough, OIDC_TITLE: '' })).toEqual([
      'waymark.signIn.providers',
    ]);
  });

  it('refuses a button that leads nowhere', async () => {
    expect(await keysOf({ ...enough, GITHUB_SIGN_IN_TITLE: 'GitHub' })).toEqual(
      ['waymark.signIn.providers'],
    );
  });

  it('names everything that an empty environment lacks, at once', async () => {
    expect(await keysOf({})).toEqual([
      'app.baseUrl',
      'auth.providers',
      'auth.session.secret',
      'backend.baseUrl',
      'backend.database.connection.host',
      'backend.database.connection.password',
      'infrastructure.encryption.keys[0].secret',
      'waymark.permission.roles',
      'waymark.repositories.directory',
    ]);
  });

  it.each([
    ['WAYMARK_DEVELOPMENT', 'true', 'WAYMARK_DEVELOPMENT'],
    ['WAYMARK_SESSION_SECRET', 'short', 'auth.session.secret'],
    [
      'WAYMARK_INFRASTRUCTURE_KEY',
      'short',
      'infrastructure.encryption.keys[0].secret',
    ],
    ['WAYMARK_SESSION_SECRET', 'a'.repeat(40), 'auth.session.secret'],
    ['WAYMARK_SESSION_SECRET', `change-me-${secret}`, 'auth.session.secret'],
    [
      'WAYMARK_SERVICE_TOKEN',
      'short',
      'backend.auth.externalAccess[0].options.token',
    ],
    ['POSTGRES_PASSWORD', 'postgres', 'backend.database.connection.password'],
    [
      'OIDC_METADATA_URL',
      'http://id.example.com',
      'auth.providers.oidc.production.metadataUrl',
    ],
    [
      'OIDC_METADATA_URL',
      'https://localhost:7008',
      'auth.providers.oidc.production.metadataUrl',
    ],
    [
      'APP_CONFIG_backend_auth_dangerouslyDisableDefaultAuthPolicy',
      'true',
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    ],
    ['APP_CONFIG_permission_enabled', 'false', 'permission.enabled'],
    ['APP_CONFIG_events_http_topics', '["github"]', 'events.http.topics'],
    [
      'APP_CONFIG_auth_providers_guest_dangerouslyAllowOutsideDevelopment',
      'true',
      'auth.providers.guest',
    ],
    ['APP_CONFIG_auth_environment', 'development', 'auth.environment'],
    [
      'OIDC_CLIENT_SECRET',
      'change-me',
      'auth.providers.oidc.production.clientSecret',
    ],
    ['WAYMARK_URL', 'http://portal.example.com', 'backend.baseUrl'],
    ['WAYMARK_URL', 'https://localhost:7007', 'app.baseUrl'],
    [
      'APP_CONFIG_waymark_repositories_anonymousClone',
      'true',
      'waymark.repositories.anonymousClone',
    ],
    [
      'WAYMARK_REPOSITORIES',
      'data/repositories',
      'waymark.repositories.directory',
    ],
    [
      'WAYMARK_REPOSITORIES',
      '/tmp/repositories',
      'waymark.repositories.directory',
    ],
    ['APP_CONFIG_backend_cors_origin', '"*"', 'backend.cors.origin'],
    ['WAYMARK_MCP_ORIGINS', '*', 'waymark.mcp.allowedOrigins'],
    [
      'APP_CONFIG_backend_auth_externalAccess',
      '[{"type":"legacy","options":{"secret":"short"}}]',
      'backend.auth.externalAccess[0].options.secret',
    ],
    [
      'APP_CONFIG_backend_auth_externalAccess',
      '[{"type":"jwks","options":{"url":"https://id.example.com/jwks"}}]',
      'backend.auth.externalAccess[0].accessRestrictions',
    ],
    [
      'APP_CONFIG_backend_database_client',
      'better-sqlite3',
      'backend.database.client',
    ],
    [
      'APP_CONFIG_catalog_locations',
      '[{"type":"file","target":"all.yaml"}]',
      'catalog.locations[0]',
    ],
  ])('refuses %s=%s', async (name, value, key) => {
    expect(await keysOf({ ...enough, [name]: value })).toContain(key);
  });

  it.each(['x', 'X', 'test', 'todo'])(
    'takes a random secret that happens to begin with %s',
    async start => {
      const random = `${start}${secret}`;
      expect(
        await keysOf({
          ...enough,
          WAYMARK_SESSION_SECRET: random,
          OIDC_CLIENT_SECRET: random,
        }),
      ).toEqual([]);
    },
  );

  it.each(['xxxxxxxx', '********', 'secret', 'password1', '<secret>'])(
    'takes %s for a placeholder',
    async OIDC_CLIENT_SECRET => {
      expect(await keysOf({ ...enough, OIDC_CLIENT_SECRET })).toEqual([
        'auth.providers.oidc.production.clientSecret',
      ]);
    },
  );

  it('asks for no folder where a Git host keeps the repositories', async () => {
    const { WAYMARK_REPOSITORIES, ...rest } = enough;
    expect(WAYMARK_REPOSITORIES).toBeDefined();
    expect(
      await keysOf({ ...rest, WAYMARK_REPOSITORY_HOST: 'github' }),
    ).toEqual([]);
  });

  it('never tells a secret', async () => {
    const env = { ...enough, WAYMARK_SESSION_SECRET: 'hunter2' };
    const findings = findDevelopmentSettings(
      await load('app-config.production.yaml', env),
      env,
    );
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('lets a development portal start on its own machine only', () => {
    const config = (host: string) =>
      new ConfigReader({
        waymark: { environment: 'development' },
        backend: { listen: { host, port: 7007 } },
      });
    const env = { WAYMARK_DEVELOPMENT: 'true' };
    expect(findDevelopmentSettings(config('127.0.0.1'), env)).toEqual([]);
    expect(findDevelopmentSettings(config('0.0.0.0'), env)).toMatchObject([
      { key: 'backend.listen.host' },
    ]);
    expect(findDevelopmentSettings(config('127.0.0.1'), {})).toMatchObject([
      { key: 'waymark.environment' },
    ]);
    expect(findDevelopmentSettings(new ConfigReader({}), env)).toMatchObject([
      { key: 'waymark.environment' },
    ]);
  });
});
