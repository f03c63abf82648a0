import type { FastifyInstance } from 'fastify';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { AuthConfig } from '../config.js';
import { HttpProblem } from './problems.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The subject of the verified token. */
    caller: string;
  }
}

// Only asymmetric ones: the service never holds a key that could sign.
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Every route of `api` answers only to a valid bearer token. */
export function requireBearer(api: FastifyInstance, config: AuthConfig): void {
  api.decorateRequest('caller', 'anonymous');
  if (config.mode === 'disabled') {
    return;
  }
  const { issuer, audience } = config;
  const keys = createRemoteJWKSet(new URL(config.jwksUrl));

  api.addHook('onRequest', async request => {
    const header = request.headers.authorization ?? '';
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(header)?.[1];
    if (!token) {
      throw new HttpProblem(401, 'A bearer token is required', {
        'www-authenticate': 'Bearer',
      });
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp'],
      });
      request.caller = payload.sub ?? '';
    } catch (err) {
      if (isIssuerFailure(err)) {
        request.log.error({ err }, 'the keys of the issuer cannot be read');
        throw new HttpProblem(503, 'Tokens cannot be verified at the moment', {
          'retry-after': '5',
        });
      }
      request.log.info({ reason: String(err) }, 'token refused');
      throw new HttpProblem(401, 'The bearer token is not valid', {
        'www-authenticate': 'Bearer error="invalid_token"',
      });
    }
  });
}

/** Whether the issuer is at fault, rather than the token. */
function isIssuerFailure(err: unknown): boolean {
  return (
    !(err instanceof errors.JOSEError) ||
    err instanceof errors.JWKSTimeout ||
    err instanceof errors.JWKSInvalid ||
    err.code === 'ERR_JOSE_GENERIC'
  );
}
