import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../src/config.js';
import { startService } from './child.js';

const jwt = {
  AUTH_ISSUER: 'https://issuer.example',
  AUTH_AUDIENCE: 'service',
  AUTH_JWKS_URL: 'https://issuer.example/keys',
};

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (err) {
    assert.ok(err instanceof ConfigError);
    return err.problems;
  }
  return [];
}

test('has defaults for all but authentication', () => {
  const config = readConfig({ ...jwt, PORT: '' });
  assert.equal(config.port, 8080);
  assert.deepEqual(config.auth, {
    mode: 'jwt',
    issuer: jwt.AUTH_ISSUER,
    audience: jwt.AUTH_AUDIENCE,
    jwksUrl: jwt.AUTH_JWKS_URL,
  });
});

test('reports every problem at once', () => {
  assert.deepEqual(
    problemsOf({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      AUTH_JWKS_URL: 'keys',
      FLAGS_FILE: 'gone',
    }),
    [
      'PORT: must be a number',
      'LOG_LEVEL: must be trace, debug, info, warn, error, fatal or silent',
      'AUTH_JWKS_URL: must be an http or https URL',
      'FLAGS_FILE: must name a file that is there',
      'AUTH_ISSUER: is required unless AUTH_MODE is disabled',
      'AUTH_AUDIENCE: is required unless AUTH_MODE is disabled',
    ],
  );
});

test('refuses to run without authentication in production', () => {
  assert.deepEqual(
    problemsOf({ NODE_ENV: 'production', AUTH_MODE: 'disabled' }),
    ['AUTH_MODE: must not be disabled in production'],
  );
});

test('a wrong configuration ends the process', async () => {
  const service = startService({ PORT: 'http', SHUTDOWN_DELAY_MS: '-1' });
  assert.equal(await service.exitCode, 1);
  const [line] = service.logs();
  assert.equal(line?.['level'], 'fatal');
  assert.deepEqual(line['problems'], [
    'PORT: must be a number',
    'SHUTDOWN_DELAY_MS: must be at least 0',
  ]);
});
