import { readContract } from './contract';
import { requestsOf } from './requestsOf';

const contract = {
  openapi: '3.1.0',
  info: { title: 'Books', version: '1.0.0' },
  servers: [{ url: '/api/books' }],
  paths: {
    '/shelves': {
      post: {
        operationId: 'addShelf',
        requestBody: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Shelf' },
            },
          },
        },
        parameters: [{ $ref: '#/components/parameters/limit' }],
        responses: { '200': { $ref: '#/components/responses/Catalog' } },
      },
    },
  },
  components: {
    parameters: {
      limit: { name: 'limit', in: 'query', schema: { type: 'integer' } },
    },
    responses: { Catalog: { description: 'All of it.' } },
    schemas: {
      Shelf: {
        properties: { above: { $ref: '#/components/schemas/Shelf' } },
        items: { $ref: '#/components/schemas/Book' },
      },
      Book: { type: 'string' },
      Catalog: { type: 'array' },
    },
  },
};

describe('requestsOf', () => {
  it('keeps what is said of requests, and what that leads to', () => {
    const [{ parameters, requestBody }] = Object.values(
      contract.paths['/shelves'],
    );
    const { limit } = contract.components.parameters;
    const { Shelf, Book } = contract.components.schemas;

    expect(requestsOf(contract)).toEqual({
      ...contract,
      paths: {
        '/shelves': {
          post: {
            operationId: 'addShelf',
            requestBody,
            parameters,
            responses: {},
          },
        },
      },
      components: { parameters: { limit }, schemas: { Shelf, Book } },
    });
  });

  it('is a copy: who writes into it leaves the document as it is', () => {
    const before = structuredClone(contract);
    const { components } = requestsOf(contract) as typeof contract;
    components.schemas.Book.type = 'number';
    expect(contract).toEqual(before);
  });

  it.each(['costs', 'dora', 'golden-paths', 'infrastructure', 'repositories'])(
    'leads nowhere in the document of %s',
    name => {
      const requests = requestsOf(
        readContract(`@waymark/plugin-${name}-common`),
      );
      const text = JSON.stringify(requests);
      const places = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)];
      for (const [, place] of places) {
        const found = place
          .split('/')
          .reduce<unknown>(
            (part, key) => (part as Record<string, unknown> | undefined)?.[key],
            requests,
          );
        expect([place, found]).toEqual([place, expect.anything()]);
      }
      expect(places.length).toBeGreaterThan(0);
    },
  );
});
