import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { readContract } from '@waymark/plugin-openapi-node';
import { asDocumented } from '@waymark/plugin-openapi-node/testUtils';
import { repositoryHostServiceRef } from '@waymark/plugin-repositories-node';
import request from 'supertest';
import { goldenPathsPlugin } from '../plugin';
import { useDatabases } from './databases';
import { dryRunOf, fakeScaffolder } from './scaffolder';

/** Every answer that a test gets is checked against the document. */
const documented = asDocumented(
  readContract('@waymark/plugin-golden-paths-common'),
);

const databases = useDatabases();

/** A portal that holds this plugin, with everything around it in memory. */
export async function startPortal(
  options: {
    entities?: Entity[];
    /** Names of repositories, or what the host throws. */
    repositories?: string[] | Error;
    /** Names of the permissions the caller lacks. */
    denied?: string[];
    scaffolder?: { status: number; body: unknown };
    /** The catalog file whose folder templates may be read from. */
    catalogFile?: string;
  } = {},
) {
  const { repositories = [], denied = [], catalogFile } = options;
  const scaffolder = fakeScaffolder(options.scaffolder ?? dryRunOf({}));
  const exists = jest.fn(async (name: string) => {
    if (repositories instanceof Error) throw repositories;
    return repositories.includes(name);
  });
  const unused = async (): Promise<never> => {
    throw new Error('nothing is published or discarded here');
  };
  const knex = await databases.init();
  const { server } = await startTestBackend({
    features: [
      goldenPathsPlugin,
      scaffolder.plugin,
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.database.factory({ knex }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          catalog: {
            locations: catalogFile
              ? [{ type: 'file', target: catalogFile }]
              : [],
          },
        },
      }),
      createServiceFactory({
        service: repositoryHostServiceRef,
        deps: {},
        factory: () => ({
          id: 'memory',
          reviews: false,
          exists,
          urlsFor: () => {
            throw new Error('nobody asks for addresses here');
          },
          isMadeBy: unused,
          publish: unused,
          discard: unused,
          open: unused,
          propose: unused,
          mergeWhenGreen: unused,
        }),
      }),
    ],
  });
  const caller = mockCredentials.user.header('user:default/amara');
  return {
    exists,
    asked: scaffolder.asked,
    checkName: (name: string) =>
      request(server)
        .get(`/api/golden-paths/names/${encodeURIComponent(name)}`)
        .set('authorization', caller)
        .expect(documented),
    createPreview: (body: object) =>
      request(server)
        .post('/api/golden-paths/previews')
        .set('authorization', caller)
        .send(body)
        .expect(documented),
    post: (path: string, body: object) =>
      request(server)
        .post(`/api/golden-paths${path}`)
        .set('authorization', caller)
        .send(body)
        .expect(documented),
    anonymous: () =>
      request(server)
        .get('/api/golden-paths/names/anything')
        .set('authorization', mockCredentials.none.header())
        .expect(documented),
  };
}
