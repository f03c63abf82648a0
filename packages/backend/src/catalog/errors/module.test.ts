import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { AuthorizedProcessingErrors } from './AuthorizedProcessingErrors';
import { createRouter } from './createRouter';
import { StoredProcessingErrors } from './ProcessingErrors';

const rows = [
  {
    entity_ref: 'component:default/orders',
    errors: JSON.stringify([{ name: 'InputError', message: 'no owner' }, {}]),
    in_catalog: true,
    unprocessed_entity: JSON.stringify({
      metadata: {
        annotations: {
          'backstage.io/managed-by-location': 'url:https://git.example/a.yaml',
        },
      },
    }),
  },
  {
    entity_ref: 'location:default/broken',
    errors: JSON.stringify([{ message: 'line 3: not YAML' }]),
    in_catalog: false,
    unprocessed_entity: JSON.stringify({
      kind: 'Location',
      spec: { type: 'file', target: '/srv/catalog/broken.yaml' },
    }),
  },
];

describe('GET /processing-errors', () => {
  let server: Server;
  const list = jest.fn(async () => ({ rows, total: 2 }));

  async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    });
    const errors = new AuthorizedProcessingErrors(
      new StoredProcessingErrors({ list }),
      mockServices.permissions({ result }),
    );
    server = express()
      .use(createRouter({ errors, httpAuth: mockServices.httpAuth() }))
      .use(middleware.error())
      .listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
  }

  async function get(query = '') {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(
      `http://127.0.0.1:${port}/processing-errors${query}`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    return { status: response.status, body: await response.json() };
  }

  beforeEach(() => list.mockClear());
  afterEach(() => new Promise(resolve => server.close(resolve)));

  it('says which entities could not be processed, where and why', async () => {
    await start(AuthorizeResult.ALLOW);

    expect(await get('?limit=2&offset=4')).toEqual({
      status: 200,
      body: {
        totalItems: 2,
        items: [
          {
            entityRef: 'component:default/orders',
            inCatalog: true,
            location: 'url:https://git.example/a.yaml',
            messages: ['no owner', 'No reason was given'],
          },
          {
            entityRef: 'location:default/broken',
            inCatalog: false,
            location: 'file:/srv/catalog/broken.yaml',
            messages: ['line 3: not YAML'],
          },
        ],
      },
    });
    expect(list).toHaveBeenCalledWith({ limit: 2, offset: 4 });
  });

  it.each(['?limit=0', '?limit=201', '?limit=', '?offset=-1', '?offset=x'])(
    'refuses %s',
    async query => {
      await start(AuthorizeResult.ALLOW);

      expect((await get(query)).status).toBe(400);
      expect(list).not.toHaveBeenCalled();
    },
  );

  it('tells nothing to those who may not know', async () => {
    await start(AuthorizeResult.DENY);

    expect((await get()).status).toBe(403);
    expect(list).not.toHaveBeenCalled();
  });
});
