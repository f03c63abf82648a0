import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { testApp, type TestApp } from './support.js';

const ISSUER = 'https://issuer.example';
const trusted = await generateKeyPair('ES256');
const stranger = await generateKeyPair('ES256');
const jwks = createServer((_request, response) => {
  void exportJWK(trusted.publicKey).then(key => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [{ ...key, kid: 'key-1', alg: 'ES256' }] }));
  });
});
let app: TestApp;

const appTrusting = (jwksUrl: string) =>
  testApp({
    AUTH_MODE: 'jwt',
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: 'service',
    AUTH_JWKS_URL: jwksUrl,
  });

before(async () => {
  jwks.listen(0, '127.0.0.1');
  await once(jwks, 'listening');
  const { port } = jwks.address() as AddressInfo;
  ({ app } = await appTrusting(`http://127.0.0.1:${port}/`));
});
after(() => {
  jwks.close();
  jwks.closeAllConnections();
});

function token(claims: {
  issuer?: string;
  audience?: string;
  expires?: string;
  key?: typeof trusted.privateKey;
}): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1' })
    .setSubject('user-1')
    .setIssuer(claims.issuer ?? ISSUER)
    .setAudience(claims.audience ?? 'service')
    .setExpirationTime(claims.expires ?? '1m')
    .sign(claims.key ?? trusted.privateKey);
}

const list = (authorization: string, on = app) =>
  on.inject({ url: '/v1/entries', headers: { authorization } });

test('lets a valid token in and knows whose it is', async () => {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/entries',
    headers: { authorization: `Bearer ${await token({})}` },
    payload: { key: 'mine', text: 'text' },
  });
  assert.equal(response.statusCode, 201);
  assert.equal(response.json<{ createdBy: string }>().createdBy, 'user-1');
});

test('asks for a token', async () => {
  for (const authorization of ['', 'Basic dXNlcjpwYXNz', 'Bearer']) {
    const response = await list(authorization);
    assert.equal(response.statusCode, 401);
    assert.equal(response.headers['www-authenticate'], 'Bearer');
  }
});

test('refuses a token that is not for this service', async () => {
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
  for (const bad of [
    await token({ issuer: 'https://other.example' }),
    await token({ audience: 'other' }),
    await token({ expires: '1 minute ago' }),
    await token({ key: stranger.privateKey }),
    unsigned,
    'nonsense',
  ]) {
    const response = await list(`Bearer ${bad}`);
    assert.equal(response.statusCode, 401);
    assert.match(String(response.headers['www-authenticate']), /invalid_token/);
  }
});

test('does not blame the caller when the issuer is away', async () => {
  const { app: alone } = await appTrusting('http://127.0.0.1:1/');
  const response = await list(`Bearer ${await token({})}`, alone);
  assert.equal(response.statusCode, 503);
  assert.equal(response.headers['retry-after'], '5');
});

test('needs no token for probes and metrics', async () => {
  for (const url of ['/health', '/metrics', '/openapi.yaml']) {
    assert.equal((await app.inject(url)).statusCode, 200);
  }
});
