import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DocsBuilder } from './DocsBuilder';

function component(name: string, ref?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: ref ? { 'backstage.io/techdocs-ref': ref } : {},
    },
  };
}

describe('DocsBuilder', () => {
  let techdocs: Server;
  let asked: string[];
  let answers: Record<string, { status: number; body: string }>;

  beforeEach(async () => {
    asked = [];
    answers = {};
    techdocs = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const answer = answers[path] ?? {
        status: 200,
        body: 'event: log\ndata: "building"\n\nevent: finish\ndata: {"updated":true}\n\n',
      };
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>(resolve =>
      techdocs.listen(0, '127.0.0.1', resolve),
    );
  });

  afterEach(async () => {
    await new Promise(resolve => techdocs.close(resolve));
  });

  function builder(entities: Entity[]) {
    const { port } = techdocs.address() as AddressInfo;
    const logger = mockServices.logger.mock();
    return {
      logger,
      builder: new DocsBuilder({
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities }),
        discovery: mockServices.discovery.mock({
          getBaseUrl: async () => `http://127.0.0.1:${port}`,
        }),
        logger,
      }),
    };
  }

  it('asks for the docs of every entity that has some, and of no other', async () => {
    const { builder: docs } = builder([
      component('orders', 'dir:.'),
      component('without-docs'),
      component('payments', 'dir:.'),
    ]);

    expect(await docs.buildAll()).toEqual({ built: 2, fresh: 0, failed: 0 });
    expect(asked.sort()).toEqual([
      '/sync/default/Component/orders',
      '/sync/default/Component/payments',
    ]);
  });

  it('counts docs that were fresh', async () => {
    answers['/sync/default/Component/orders'] = {
      status: 200,
      body: 'event: finish\ndata: {"updated":false}\n\n',
    };

    const { builder: docs } = builder([component('orders', 'dir:.')]);

    expect(await docs.buildAll()).toEqual({ built: 0, fresh: 1, failed: 0 });
  });

  it.each([
    [
      'a build that failed',
      { status: 200, body: 'event: error\ndata: "no mkdocs.yml"\n\n' },
      'no mkdocs.yml',
    ],
    ['a refusal', { status: 404, body: '{}' }, '404'],
    [
      'a broken-off answer',
      { status: 200, body: 'event: log\ndata: "building"\n\n' },
      'without saying',
    ],
  ])('says so and goes on after %s', async (_, answer, reason) => {
    answers['/sync/default/Component/broken'] = answer;
    const { builder: docs, logger } = builder([
      component('broken', 'dir:.'),
      component('orders', 'dir:.'),
    ]);

    expect(await docs.buildAll()).toEqual({ built: 1, fresh: 0, failed: 1 });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('component:default/broken'),
      expect.objectContaining({ message: expect.stringContaining(reason) }),
    );
  });

  it('stops when it is told to', async () => {
    const { builder: docs } = builder([component('orders', 'dir:.')]);

    await docs.buildAll(AbortSignal.abort());

    expect(asked).toEqual([]);
  });
});
