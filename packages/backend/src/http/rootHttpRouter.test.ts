import { createServer, type Server } from 'node:http';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import express, { Router } from 'express';
import request from 'supertest';
import { configureRootRouter } from './rootHttpRouter';

type Setup = { http?: JsonObject; baseUrl?: string; starting?: boolean };

function setUp({
  http = {},
  baseUrl = 'https://portal.example',
  starting = false,
}: Setup = {}) {
  const config = mockServices.rootConfig({
    data: { backend: { baseUrl }, waymark: { http } },
  });
  const logger = mockServices.logger.mock();
  const routes = Router();
  routes.post('/api/echo', express.json(), (req, res) => {
    res.json(req.body);
  });
  routes.post('/api/imports/csv', (req, res) => {
    let bytes = 0;
    req.on('data', chunk => {
      bytes += chunk.length;
    });
    req.on('end', () => res.json({ bytes, parsed: req.body !== undefined }));
  });
  routes.post(
    '/api/events/http/github',
    express.raw({ type: '*/*' }),
    (req, res) => {
      res.json({ raw: Buffer.isBuffer(req.body) });
    },
  );
  routes.get('/api/fail/:status', (req, res) => {
    res.status(Number(req.params.status)).json({
      error: {
        name: 'Error',
        message: String(req.query.message),
        stack: 'at /srv/portal/secret.ts:1',
      },
    });
  });
  routes.get('/api/refused', (_req, res) => {
    res.status(401).json({ error: { name: 'AuthenticationError' } });
  });
  routes.use('/api/mcp-actions/v1', (_req, res) => {
    res.json({});
  });
  routes.get('/api/list', (_req, res) => {
    res.json({});
  });
  routes.get('/api/auth/list', (_req, res) => {
    res.json({});
  });
  const healthRouter = Router();
  healthRouter.get('/.backstage/health/v1/liveness', (_req, res) => {
    res.json({});
  });
  const app = express();
  const server = createServer(app);
  configureRootRouter({
    app,
    server: Object.assign(server, {
      start: async () => undefined,
      stop: async () => undefined,
      port: () => 0,
    }) as Server & Parameters<typeof configureRootRouter>[0]['server'],
    routes,
    middleware: MiddlewareFactory.create({ config, logger }),
    config,
    logger,
    healthRouter,
    lifecycle: mockServices.rootLifecycle.mock({
      addStartupHook: hook => {
        if (!starting) hook();
      },
    }),
  });
  return { client: request(server), logger };
}

describe('the root router', () => {
  describe('request ids', () => {
    it('keeps a sane one and replaces any other', async () => {
      const { client } = setUp();
      const kept = await client
        .get('/api/list')
        .set('x-request-id', 'abc-12345');
      expect(kept.headers['x-request-id']).toBe('abc-12345');
      const replaced = await client
        .get('/api/list')
        .set('x-request-id', '<script>alert(1)</script>');
      expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  describe('security headers', () => {
    it('asks for https for a year where the portal has it', async () => {
      const { headers } = await setUp().client.get('/api/list');
      expect(headers['strict-transport-security']).toBe(
        'max-age=31536000; includeSubDomains',
      );
      expect(headers['content-security-policy']).toContain("object-src 'none'");
      expect(headers['content-security-policy']).toContain(
        'wss://portal.example',
      );
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['cross-origin-opener-policy']).toBe(
        'same-origin-allow-popups',
      );
      expect(headers['x-powered-by']).toBeUndefined();
    });

    it('does not ask for https where the portal has none', async () => {
      const { client } = setUp({ baseUrl: 'http://localhost:7007' });
      const { headers } = await client.get('/api/list');
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['content-security-policy']).not.toContain('upgrade');
    });

    it('lets a sign-in in a pop-up reach its opener', async () => {
      const { headers } = await setUp().client.get('/api/auth/list');
      expect(headers['cross-origin-opener-policy']).toBe('unsafe-none');
    });
  });

  describe('malformed requests', () => {
    it.each(['/api/list?q=%00', '/api/%zz', '/%c3%28', '/api/list?q=%'])(
      'refuses %s with 400',
      async url => {
        const { status, body } = await setUp().client.get(url);
        expect(status).toBe(400);
        expect(body.error.name).toBe('InputError');
        expect(body.response.statusCode).toBe(400);
      },
    );

    it.each([
      ['broken JSON', 'application/json', '{"a":'],
      ['NUL in a value', 'application/json', '{"a":["\\u0000"]}'],
      ['NUL in a key', 'application/json', '{"a\\u0000":1}'],
      ['half of a character', 'application/json', '{"a":"\\uD800"}'],
      ['an unknown charset', 'application/json; charset=klingon', '{}'],
      ['bytes that are not UTF-8', 'application/json', '{"a":"\xff"}'],
    ])('refuses %s with 400', async (_what, type, body) => {
      const answer = await setUp()
        .client.post('/api/echo')
        .set('content-type', type)
        .serialize(text => text)
        .send(Buffer.from(body, 'latin1'));
      expect(answer.status).toBe(400);
      expect(answer.body.error.name).toBe('InputError');
    });

    it('passes on JSON that only speaks of NUL, or escapes a whole character', async () => {
      const { body } = await setUp()
        .client.post('/api/echo')
        .set('content-type', 'application/json')
        .serialize(text => text)
        .send('{"a":"\\\\u0000","b":"\\ud83d\\ude00"}');
      expect(body).toEqual({ a: '\\u0000', b: '😀' });
    });

    it('refuses an address that is too long with 414', async () => {
      const { status } = await setUp().client.get(
        `/api/list?q=${'a'.repeat(8192)}`,
      );
      expect(status).toBe(414);
    });

    it('answers 503 where not every plugin is there yet, and serves those that are', async () => {
      const { client } = setUp({ starting: true });
      const { status, headers, body } = await client.post('/api/nobody');
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('2');
      expect(body.error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: 'The portal has not started yet',
      });
      await client.get('/api/list').expect(200);
    });

    it('answers an unknown route with 404 in the standard form', async () => {
      const { status, body } = await setUp().client.get('/api/nobody?x=1');
      expect(status).toBe(404);
      expect(body.error).toMatchObject({
        name: 'NotFoundError',
        message: 'Nothing answers GET /api/nobody',
      });
    });
  });

  describe('body limits', () => {
    const http = {
      bodyLimit: 100,
      bodyLimitExceptions: [{ prefix: '/api/imports', limit: 1000 }],
    };

    it('refuses a stated length above the limit', async () => {
      const { status, body } = await setUp({ http })
        .client.post('/api/echo')
        .send({ a: 'a'.repeat(200) });
      expect(status).toBe(413);
      expect(body.error.name).toBe('PayloadTooLargeError');
    });

    it('refuses a stream that grows above the limit', async () => {
      const post = setUp({ http })
        .client.post('/api/events/http/github')
        .set('content-type', 'text/plain');
      post.write('a'.repeat(500));
      const { status } = await post;
      expect(status).toBe(413);
    });

    it('lets a path with an exception read its stream itself', async () => {
      const { body } = await setUp({ http })
        .client.post('/api/imports/csv')
        .set('content-type', 'application/json')
        .send({ a: 'a'.repeat(500) });
      expect(body).toEqual({ bytes: 508, parsed: false });
    });

    it('leaves signed bodies as they arrived', async () => {
      const { body } = await setUp()
        .client.post('/api/events/http/github')
        .send({ a: 1 });
      expect(body).toEqual({ raw: true });
    });
  });

  describe('page sizes', () => {
    it('refuses pages above the cap in query and body', async () => {
      const { client } = setUp({ http: { pageSize: 50 } });
      expect((await client.get('/api/list?limit=50')).status).toBe(200);
      expect((await client.get('/api/list?limit=51')).status).toBe(400);
      expect((await client.post('/api/echo').send({ limit: 51 })).status).toBe(
        400,
      );
    });
  });

  describe('rate limits', () => {
    const http = { rateLimit: { api: 2, auth: 1, refused: 2 } };
    const as = (token: string) => ({ authorization: `Bearer ${token}` });

    it('counts each token for itself and says when to try again', async () => {
      const { client } = setUp({ http });
      await client.get('/api/list').set(as('one'));
      await client.get('/api/list').set(as('one'));
      const refused = await client.get('/api/list').set(as('one'));
      expect(refused.status).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.headers.ratelimit).toContain('r=0');
      expect((await client.get('/api/list').set(as('two'))).status).toBe(200);
    });

    it('does not count health', async () => {
      const { client } = setUp({ http });
      for (const _ of [1, 2, 3, 4]) {
        const { status } = await client.get('/.backstage/health/v1/liveness');
        expect(status).toBe(200);
      }
    });

    it('counts sign-in by address, whatever token comes along', async () => {
      const { client } = setUp({ http });
      await client.get('/api/auth/list').set(as('one'));
      const { status } = await client.get('/api/auth/list').set(as('two'));
      expect(status).toBe(429);
    });

    it('makes an address wait that tries one invalid token after another', async () => {
      const { client } = setUp({ http });
      await client.get('/api/refused').set(as('one'));
      await client.get('/api/refused').set(as('two'));
      const { status } = await client.get('/api/refused').set(as('three'));
      expect(status).toBe(429);
    });
  });

  describe('errors', () => {
    const failWith = (status: number, message: string) => {
      const { client, logger } = setUp();
      return client
        .get(`/api/fail/${status}`)
        .query({ message })
        .then(answer => ({ answer, logger }));
    };

    it('tells nothing of an unforeseen failure and logs all of it', async () => {
      const said = 'connect ECONNREFUSED 10.1.2.3:5432 in /srv/portal/db.js';
      const { answer, logger } = await failWith(500, said);
      expect(answer.status).toBe(500);
      expect(answer.body.error.message).not.toMatch(/10\.1|5432|srv|ECONN/);
      expect(answer.body.error.message).toContain(
        answer.headers['x-request-id'],
      );
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining(said),
        expect.objectContaining({
          requestId: answer.headers['x-request-id'],
        }),
      );
    });

    it('leaves what caused a failure to the log', async () => {
      const { answer } = await failWith(
        503,
        'The host is away; caused by TimeoutError: aborted\nby a timer',
      );
      expect(answer.body.error.message).toBe('The host is away');
    });

    it('passes on what a 503 says on purpose, but no address', async () => {
      const { answer } = await failWith(503, 'The catalog is starting');
      expect(answer.body.error.message).toBe('The catalog is starting');
      const telling = await failWith(503, 'db.internal:5432 is away');
      expect(telling.answer.body.error.message).not.toContain('db.internal');
    });

    it('keeps the words of a refusal, without its stack', async () => {
      const { answer } = await failWith(409, 'The name is taken');
      expect(answer.body.error.message).toBe('The name is taken');
      expect(answer.body.error.stack).toBeUndefined();
    });
  });

  describe('MCP', () => {
    it('refuses foreign origins and takes its own and none', async () => {
      const { client } = setUp();
      const path = '/api/mcp-actions/v1';
      const from = (origin: string) => client.post(path).set('origin', origin);
      expect((await from('https://evil.example')).status).toBe(403);
      expect((await from('null')).status).toBe(403);
      expect((await from('https://portal.example')).status).toBe(200);
      expect((await client.post(path)).status).toBe(200);
    });
  });
});
