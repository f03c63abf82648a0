import { Router } from 'express';
import type { Contract } from '../contract';
import { asDocumented } from './asDocumented';
import { documentedRoutes, servedRoutes } from './routes';

const failure = { $ref: '#/components/responses/Failure' };
const json = (schema: object) => ({
  description: 'An answer.',
  content: { 'application/json': { schema } },
});
const contract: Contract & { components: object } = {
  openapi: '3.1.0',
  info: { title: 'Books', version: '1.0.0' },
  servers: [{ url: '/api/books' }],
  paths: {
    '/{name}': {
      get: {
        operationId: 'getBook',
        responses: {
          '200': json({ $ref: '#/components/schemas/Book' }),
          '404': failure,
        },
      },
    },
    '/shelves': {
      get: {
        operationId: 'listShelves',
        responses: { '200': json({ type: 'array' }), default: failure },
      },
    },
    '/{name}/pages/{path}': {
      get: {
        operationId: 'readPage',
        parameters: [
          { name: 'name', in: 'path' },
          { name: 'path', in: 'path', 'x-multi-segment': true },
        ],
        responses: {
          '200': { description: 'Text.', content: { 'text/plain': {} } },
        },
      },
    },
  },
  components: {
    responses: {
      Failure: json({ type: 'object', required: ['error'] }),
    },
    schemas: {
      Book: {
        type: 'object',
        required: ['pages'],
        properties: { pages: { type: ['integer', 'null'] } },
      },
    },
  },
};

describe('asDocumented', () => {
  const check = asDocumented(contract);
  const answer = (
    path: string,
    body: unknown,
    { status = 200, type = 'application/json', method = 'GET' } = {},
  ) => ({
    status,
    type,
    body,
    request: { method, url: `http://localhost:1/api/books${path}` },
  });

  it.each([
    ['an answer', answer('/emma', { pages: 300 })],
    ['an answer with a query', answer('/emma?full', { pages: null })],
    ['an error', answer('/emma', { error: {} }, { status: 404 })],
    ['a path that is spelled out', answer('/shelves', [])],
    [
      'an error like every other',
      answer('/shelves', { error: {} }, { status: 500 }),
    ],
    [
      'several segments',
      answer('/emma/pages/one/two', {}, { type: 'text/plain' }),
    ],
    ['the document', answer('/openapi.json', { openapi: '3.1.0' })],
    ['what is not there', answer('/a/b', {}, { status: 404 })],
  ])('takes %s', (_, given) => {
    expect(() => check(given)).not.toThrow();
  });

  it.each([
    ['a wrong body', answer('/emma', { pages: 'many' }), /pages must be/],
    ['a missing field', answer('/emma', {}), /required property 'pages'/],
    ['a wrong error', answer('/emma', {}, { status: 404 }), /'error'/],
    ['another wrong error', answer('/shelves', {}, { status: 500 }), /'error'/],
    ['success like a failure', answer('/shelves', [], { status: 201 }), /201/],
    ['another status', answer('/emma', {}, { status: 418 }), /answered 418/],
    ['another type', answer('/emma', '', { type: 'text/html' }), /text\/html/],
    ['another body for a spelled path', answer('/shelves', {}), /be array/],
    ['an unknown path', answer('/a/b', {}), /not in the document/],
    [
      'an unknown method',
      answer('/emma', {}, { method: 'PUT' }),
      /not in the document/,
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => check(given)).toThrow(message);
  });
});

it('writes served and documented routes alike, and leaves out what every plugin has', () => {
  const inner = Router().get('/:name/pages/*', () => undefined);
  const router = Router()
    .get(['/:name', '/shelves'], () => undefined)
    .get('/openapi.json', () => undefined)
    .use(inner);
  const everywhere = Router().get('/.backstage/x', () => undefined);

  expect(servedRoutes(router, everywhere)).toEqual([
    'GET /:name',
    'GET /:name/pages/*',
    'GET /shelves',
  ]);
  expect(documentedRoutes(contract)).toEqual(servedRoutes(router, everywhere));
});
