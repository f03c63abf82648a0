import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError } from '@backstage/errors';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@waymark/plugin-dora-node';
import { readContract } from '@waymark/plugin-openapi-node';
import { asDocumented } from '@waymark/plugin-openapi-node/testUtils';
import { until } from '@waymark/plugin-testing-node';
import type { Knex } from 'knex';
import os from 'node:os';
import request from 'supertest';
import { doraPlugin } from '../plugin';

/** What the API promises. */
export const contract = readContract('@waymark/plugin-dora-common');
const documented = asDocumented(contract);

/** A system whose deliveries are facts as they are, and whose mapping people can mend. */
export class TestSource implements DeliverySource {
  readonly id: string;
  readonly title = 'Test';
  annotations = [
    'argocd/app-name',
    'github.com/project-slug',
    'pagerduty.com/service-id',
  ];
  mended = false;

  constructor(id = 'test') {
    this.id = id;
  }

  verify({ headers }: Parameters<DeliverySource['verify']>[0]) {
    if (headers['x-secret'] !== 'right') {
      throw new AuthenticationError('The x-secret header is wrong');
    }
  }

  deliveryId({ headers }: Parameters<DeliverySource['deliveryId']>[0]) {
    return headers['x-delivery'];
  }

  read({ body }: Parameters<DeliverySource['read']>[0]) {
    const said = JSON.parse(body.toString('utf8'));
    if (said.hello) return { kind: 'ignored' as const, reason: 'A greeting' };
    if (said.odd && !this.mended) throw new InputError('odd: is not known');
    return { kind: 'facts' as const, facts: said.facts };
  }
}

/** A portal that holds this plugin on a real database, with everything around it in memory. */
export async function startPortal(options: {
  knex: Knex;
  source: DeliverySource;
  entities: Entity[];
  /** Names of the permissions that the caller lacks. */
  denied: Set<string>;
  /** The groups of the caller. */
  groups: string[];
  /** Where notifications end. */
  sent?: NotificationSendOptions[];
  /** Where audit events end, as they were begun and as they ended. */
  audited?: object[];
}) {
  const { knex, source, entities, denied, groups } = options;
  const { sent = [], audited = [] } = options;
  const { server } = await startTestBackend({
    features: [
      doraPlugin,
      createBackendModule({
        pluginId: 'dora',
        moduleId: 'test',
        register(registry) {
          registry.registerInit({
            deps: { sources: deliverySourcesExtensionPoint },
            async init({ sources }) {
              sources.addSource(source);
            },
          });
        },
      }),
      catalogServiceMock.factory({ entities }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          waymark: { repositories: { host: 'local', directory: os.tmpdir() } },
        },
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.has(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/amara',
          ownershipEntityRefs: groups,
        }),
      }).factory,
      mockServices.auditor.mock({
        createEvent: async event => ({
          success: async end => {
            audited.push({ ...event, ended: end?.meta });
          },
          fail: async ({ error }) => {
            audited.push({ ...event, failed: error.name });
          },
        }),
      }).factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            sent.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
    ],
  });
  const caller = mockCredentials.user.header('user:default/amara');
  const api = '/api/dora';
  const get = (path: string, accept = 'application/json') =>
    request(server)
      .get(`${api}${path}`)
      .set({ authorization: caller, accept })
      .expect(documented);
  return {
    server,
    get,
    put: (path: string, body: object) =>
      request(server)
        .put(`${api}${path}`)
        .set('authorization', caller)
        .send(body)
        .expect(documented),
    post: (path: string, body?: object) =>
      request(server)
        .post(`${api}${path}`)
        .set('authorization', caller)
        .send(body)
        .expect(documented),
    patch: (path: string, body: object) =>
      request(server)
        .patch(`${api}${path}`)
        .set('authorization', caller)
        .send(body)
        .expect(documented),
    delete: (path: string) =>
      request(server)
        .delete(`${api}${path}`)
        .set('authorization', caller)
        .expect(documented),
    anonymous: (path: string) =>
      request(server)
        .get(`${api}${path}`)
        .set('authorization', mockCredentials.none.header())
        .expect(documented),
    /** The actions that programs of the caller find. */
    actions: () =>
      request(server)
        .get(`${api}/.backstage/actions/v1/actions`)
        .set('authorization', caller),
    /** Runs an action as a program of the caller does. */
    invoke: (action: string, input: object) =>
      request(server)
        .post(`${api}/.backstage/actions/v2/actions/dora:${action}/invoke`)
        .set('authorization', caller)
        .send({ input }),
    import: (body: string | Buffer) =>
      request(server)
        .post(`${api}/import`)
        .set('authorization', caller)
        .set('content-type', 'application/x-ndjson')
        .send(body)
        .expect(documented),
    deliver: (delivery: string, body: string, secret = 'right') =>
      request(server)
        .post(`${api}/webhooks/test`)
        .set({
          'x-secret': secret,
          'x-delivery': delivery,
          'content-type': 'application/json',
        })
        .send(body)
        .expect(documented),
    /** Waits until everything that came in is in the numbers. */
    settled: () =>
      until(
        async () => (await get('/status')).body,
        ({ upToDate }) => upToDate,
      ),
  };
}
