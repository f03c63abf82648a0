import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import {
  ipKeyGenerator,
  MemoryStore,
  rateLimit as limiter,
} from 'express-rate-limit';
import { HttpError } from './HttpError';
import type { HttpSettings } from './settings';

const windowMs = 60_000;
const pluginTokenType = 'vnd.backstage.plugin';

function tooMany(): HttpError {
  return new HttpError(
    'TooManyRequestsError',
    429,
    'Too many requests; the Retry-After header says in how many seconds to try again',
  );
}

function addressOf(req: Request): string {
  const address = req.ip ?? req.socket.remoteAddress;
  return `address:${address ? ipKeyGenerator(address) : 'unknown'}`;
}

function bearerOf(req: Request): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
}

function tokenTypeOf(token: string): unknown {
  try {
    return JSON.parse(
      Buffer.from(token.split('.')[0], 'base64url').toString('utf8'),
    ).typ;
  } catch {
    return undefined;
  }
}

/**
 * Whether the portal's own plugins talk to each other: from this very host, not
 * through a proxy, with a plugin's token. The token's claim is not verified
 * here; a false one only meets the limit on refused requests.
 */
function isInternal(req: Request): boolean {
  const { remoteAddress = '', localAddress } = req.socket;
  const here =
    remoteAddress === localAddress || /^(::ffff:)?127\./.test(remoteAddress);
  const token = bearerOf(req);
  return (
    here &&
    !req.headers.forwarded &&
    !req.headers['x-forwarded-for'] &&
    token !== undefined &&
    tokenTypeOf(token) === pluginTokenType
  );
}

const keySet = /\/(\.well-known|\.backstage\/auth\/v1)\/jwks\.json$/;

/** Public keys, which plugins fetch from each other without a token. */
function isKeySet(req: Request): boolean {
  return req.method === 'GET' && keySet.test(req.originalUrl);
}

/**
 * Whom a request counts for: the very token or cookie it shows, so that nobody
 * can use up another's share by claiming to be them; else its address.
 */
function principalOf(req: Request): string {
  const shown =
    bearerOf(req) ??
    /(?:^|;\s*)backstage-auth=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
  return shown
    ? `token:${createHash('sha256').update(shown).digest('base64url')}`
    : addressOf(req);
}

function perMinute(
  limit: number,
  identifier: string,
  keyGenerator: (req: Request) => string,
): RequestHandler {
  return limiter({
    windowMs,
    limit,
    identifier,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: req => isKeySet(req) || isInternal(req),
    handler: (_req, _res, next) => next(tooMany()),
    // A proxy's headers count once backend.trustProxy says so; the library would only warn.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });
}

/** Makes an address wait that has shown too many invalid tokens: a new token each time is no way round the limits. */
function refusedPerMinute(limit: number): RequestHandler {
  const store = new MemoryStore();
  store.init({ windowMs } as Parameters<MemoryStore['init']>[0]);
  return (req, res, next) => {
    const key = addressOf(req);
    res.on('finish', () => {
      if (res.statusCode === 401) store.increment(key).catch(() => undefined);
    });
    store.get(key).then(found => {
      if ((found?.totalHits ?? 0) < limit) {
        next();
        return;
      }
      const waitMs = (found?.resetTime?.getTime() ?? 0) - Date.now();
      res.setHeader(
        'retry-after',
        String(Math.max(1, Math.ceil(waitMs / 1000))),
      );
      next(tooMany());
    }, next);
  };
}

/** Where systems deliver, and where the portal's own runs keep their state: many, from few addresses. */
const isMachineDoor = /^\/(dora\/webhooks|infrastructure\/(state|reports))\//;

/**
 * Limits what one principal may ask of this replica in a minute. Each replica
 * counts for itself. To be mounted at /api, so that health stays free.
 */
export function rateLimit(
  settings: HttpSettings['rateLimit'],
): RequestHandler[] {
  if (!settings.enabled) return [];
  const signIn = perMinute(settings.auth, 'sign-in', addressOf);
  const byToken = perMinute(settings.api, 'api', principalOf);
  // Nobody checks a token there, so a made-up one must not open a new account.
  const byAddress = perMinute(settings.api, 'intake', addressOf);
  const deliveries = perMinute(settings.deliveries, 'deliveries', addressOf);
  return [
    refusedPerMinute(settings.refused),
    (req, res, next) => {
      const path = req.path.toLocaleLowerCase('en-US');
      if (path.startsWith('/auth/')) signIn(req, res, next);
      else if (path.startsWith('/events/http/')) byAddress(req, res, next);
      else if (isMachineDoor.test(path)) deliveries(req, res, next);
      else byToken(req, res, next);
    },
  ];
}
