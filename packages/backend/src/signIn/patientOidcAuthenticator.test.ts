import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPatientOidcAuthenticator } from './patientOidcAuthenticator';

/** An issuer's address, and whether it answers. */
async function startIssuer() {
  const state = { answers: false, asked: 0 };
  const server = http.createServer((_request, response) => {
    state.asked += 1;
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    response.writeHead(state.answers ? 200 : 503, {
      'content-type': 'application/json',
    });
    response.end(
      JSON.stringify(
        state.answers
          ? {
              issuer,
              authorization_endpoint: `${issuer}/auth`,
              token_endpoint: `${issuer}/token`,
              userinfo_endpoint: `${issuer}/me`,
              jwks_uri: `${issuer}/jwks`,
            }
          : {},
      ),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    metadataUrl: `http://127.0.0.1:${port}/.well-known/openid-configuration`,
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}

type Issuer = Awaited<ReturnType<typeof startIssuer>>;

describe('the patient OpenID Connect authenticator', () => {
  let issuer: Issuer;

  beforeEach(async () => {
    issuer = await startIssuer();
  });

  afterEach(async () => {
    await issuer.stop();
  });

  function setUp() {
    const logger = mockServices.logger.mock();
    const authenticator = createPatientOidcAuthenticator(logger);
    const found = authenticator.initialize({
      callbackUrl: 'https://portal.example.com/callback',
      config: new ConfigReader({
        clientId: 'waymark',
        clientSecret: 'secret',
        metadataUrl: issuer.metadataUrl,
      }),
    });
    return { found, logger };
  }

  it('finds an issuer that comes up later', async () => {
    const { found, logger } = setUp();
    await expect(found.found()).rejects.toThrow(
      'The identity issuer does not answer',
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);

    issuer.state.answers = true;
    const { client } = await (await found.found()).promise;
    expect(client.issuer.metadata.token_endpoint).toMatch(/\/token$/);
  });

  it('asks a found issuer once', async () => {
    issuer.state.answers = true;
    const { found } = setUp();
    await found.found();
    await found.found();
    expect(issuer.state.asked).toBe(1);
  });

  it('asks once for all who wait at the same time', async () => {
    const { found } = setUp();
    await Promise.allSettled([found.found(), found.found()]);
    const before = issuer.state.asked;
    await Promise.allSettled([found.found(), found.found(), found.found()]);
    expect(issuer.state.asked).toBe(before + 1);
  });

  it('refuses settings that cannot be right at once', () => {
    const authenticator = createPatientOidcAuthenticator(
      mockServices.logger.mock(),
    );
    expect(() =>
      authenticator.initialize({
        callbackUrl: 'https://portal.example.com/callback',
        config: new ConfigReader({ clientId: 'waymark' }),
      }),
    ).toThrow(/clientSecret/);
  });
});
