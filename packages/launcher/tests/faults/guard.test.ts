import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { paths } from '../../src/paths.ts';

const backend = path.join(paths.root, 'packages', 'backend');

/** Starts a production portal with this environment alone, and hears what it says before it ends. */
function startProduction(env: NodeJS.ProcessEnv) {
  const require = createRequire(import.meta.url);
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--no-node-snapshot',
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs', {
        paths: [backend],
      }),
      path.join(backend, 'src', 'index.ts'),
      '--config',
      path.join(paths.root, 'app-config.production.yaml'),
    ],
    {
      cwd: backend,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
      encoding: 'utf8',
      timeout: 120_000,
    },
  );
  // Each finding is a line: where, what is wrong, what to set instead.
  const refused = stderr
    .split('\n')
    .filter(line => /^ {2}\S+ .+\.$/.test(line))
    .map(line => line.trim().split(' ')[0]);
  return { status, stderr, refused };
}

/** What an administrator must not be able to overlook: one of each kind. */
const development = {
  WAYMARK_DEVELOPMENT: 'true',
  WAYMARK_URL: 'http://portal.example.com',
  WAYMARK_SESSION_SECRET: 'change-me-please-change-me-please-change-me',
  WAYMARK_SERVICE_TOKEN: 'hunter2',
  WAYMARK_REPOSITORIES: '/tmp/repositories',
  WAYMARK_MCP_ORIGINS: '*',
  POSTGRES_HOST: '127.0.0.1',
  POSTGRES_PASSWORD: 'postgres',
  OIDC_METADATA_URL: 'http://localhost:7008/.well-known/openid-configuration',
  OIDC_CLIENT_ID: 'waymark',
  OIDC_CLIENT_SECRET: 'secret',
  APP_CONFIG_auth_environment: 'development',
  APP_CONFIG_auth_providers_oidc_development: JSON.stringify({
    metadataUrl: 'http://localhost:7008/.well-known/openid-configuration',
    clientId: 'waymark',
    clientSecret: 'secret',
  }),
  APP_CONFIG_auth_providers_guest: '{"userEntityRef":"user:default/guest"}',
  APP_CONFIG_permission_enabled: 'false',
  APP_CONFIG_waymark_repositories_anonymousClone: 'true',
  APP_CONFIG_catalog_locations:
    '[{"type":"file","target":"../../catalog/all.yaml"}]',
  APP_CONFIG_backend_database_client: 'better-sqlite3',
  APP_CONFIG_backend_cors_origin: '"*"',
  APP_CONFIG_backend_auth_dangerouslyDisableDefaultAuthPolicy: 'true',
  APP_CONFIG_events_http_topics: '["github"]',
};

test('a production portal names every development setting and ends', () => {
  const { status, stderr, refused } = startProduction(development);
  assert.equal(status, 1, stderr);
  assert.match(stderr, /the portal refuses to start with these settings/);
  assert.doesNotMatch(stderr, /^\s+at /m);
  assert.doesNotMatch(stderr, /hunter2|change-me/);
  assert.deepEqual(refused.sort(), [
    'WAYMARK_DEVELOPMENT',
    'app.baseUrl',
    'auth.environment',
    'auth.providers.guest',
    'auth.providers.oidc.development.clientSecret',
    'auth.providers.oidc.development.metadataUrl',
    'auth.session.secret',
    'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    'backend.auth.externalAccess[0].options.token',
    'backend.baseUrl',
    'backend.cors.origin',
    'backend.database.client',
    'backend.database.connection.password',
    'catalog.locations[0]',
    'events.http.topics',
    'infrastructure.encryption.keys[0].secret',
    'permission.enabled',
    'waymark.mcp.allowedOrigins',
    'waymark.permission.roles',
    'waymark.repositories.anonymousClone',
    'waymark.repositories.directory',
    'waymark.signIn.providers',
  ]);
});

test('a production portal with an empty environment says all that it lacks, and ends', () => {
  const { status, stderr, refused } = startProduction({});
  assert.equal(status, 1, stderr);
  assert.deepEqual(refused.sort(), [
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
