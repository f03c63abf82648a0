import {
  createServiceFactory,
  type AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Import,
  Reallocation,
  RuleOrder,
  TotalsAnswer,
} from '@waymark/plugin-costs-common';
import { readContract } from '@waymark/plugin-openapi-node';
import { asDocumented } from '@waymark/plugin-openapi-node/testUtils';
import { until } from '@waymark/plugin-testing-node';
import type { Knex } from 'knex';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { costsPlugin } from '../plugin';

/** An audit event with what was said at its end: its meta, or the error's name. */
export type AuditEvent = AuditorServiceCreateEventOptions & {
  ended?: object;
  failed?: string;
};

/** What the API promises. */
export const contract = readContract('@waymark/plugin-costs-common');
const documented = asDocumented(contract);

const isUser = (principal: unknown) =>
  typeof principal === 'object' &&
  principal !== null &&
  'userEntityRef' in principal;

const ended = ['done', 'unchanged', 'failed'];

/** A portal that holds this plugin on a real database, with everything around it in memory. */
export async function startPortal(options: {
  knex: Knex;
  entities?: Entity[];
  /** Names of the permissions that the caller lacks. */
  denied?: Set<string>;
  /** The groups of the caller. */
  groups?: string[];
  directory?: string;
  /** Where notifications end. */
  sent?: NotificationSendOptions[];
  /** Where audit events end, as they were begun and as they ended. */
  audited?: AuditEvent[];
}) {
  const { knex, entities = [], denied = new Set(), groups = [] } = options;
  const { sent = [], audited = [] } = options;
  const directory =
    options.directory ??
    (await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-bills-')));
  const backend = await startTestBackend({
    features: [
      costsPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          costs: { imports: { directory, memoryMb: 256, threads: 2 } },
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
        // As the service of Backstage does.
        getUserInfo: async ({ principal }) => {
          if (!isUser(principal)) {
            throw new Error('Only user credentials are supported');
          }
          return {
            userEntityRef: 'user:default/amara',
            ownershipEntityRefs: groups,
          };
        },
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
    ],
  });
  const { server } = backend;
  const caller = mockCredentials.user.header('user:default/amara');
  const send = (
    method: 'get' | 'post' | 'put' | 'delete',
    address: string,
    body?: object,
    authorization = caller,
  ) =>
    request(server)
      [method](`/api/costs${address}`)
      .set('authorization', authorization)
      .send(body)
      .expect(documented);
  const upload = (file: string | Buffer, about: Record<string, string> = {}) =>
    request(server)
      .post('/api/costs/imports')
      .query({ source: 'aws', filename: 'bill.csv', ...about })
      .set('authorization', caller)
      .set('content-type', 'application/octet-stream')
      .send(file)
      .expect(documented);
  const untilEnded = (id: string): Promise<Import> =>
    until(
      async () => (await send('get', `/imports/${id}`).expect(200)).body,
      ({ state }) => ended.includes(state),
    );
  return {
    directory,
    get: (address: string) => send('get', address),
    post: (address: string, body?: object) => send('post', address, body),
    delete: (address: string) => send('delete', address),
    put: (address: string, body?: object) => send('put', address, body),
    anonymous: (address: string) =>
      request(server)
        .get(`/api/costs${address}`)
        .set('authorization', mockCredentials.none.header())
        .expect(documented),
    /** As a service with a token of its own does. */
    byService: (method: 'get' | 'put', address: string, body?: object) =>
      send(method, address, body, mockCredentials.service.header()),
    upload,
    until: untilEnded,
    /** The actions as programs find them. */
    actions: () =>
      request(server)
        .get('/api/costs/.backstage/actions/v1/actions')
        .set('authorization', caller),
    /** Runs an action as a program of the caller does. */
    invoke: (action: string, input: object) =>
      request(server)
        .post(`/api/costs/.backstage/actions/v2/actions/costs:${action}/invoke`)
        .set('authorization', caller)
        .send({ input }),
    /** Hands a bill in, and waits what becomes of it. */
    import: async (file: string | Buffer, about?: Record<string, string>) => {
      const { body } = await upload(file, about).expect(202);
      return untilEnded(body.id);
    },
    /** Has rules put in force, and waits until they are. */
    rule: async (order: RuleOrder): Promise<Reallocation> => {
      const { body } = await send('put', '/rules', order).expect(202);
      return until(
        async () => (await send('get', `/reallocations/${body.id}`)).body,
        ({ state }) => ['done', 'failed'].includes(state),
      );
    },
    /** What was spent in 2026, if nothing else is asked for. */
    totals: async (query: Record<string, string> = {}) => {
      const asked = new URLSearchParams({
        from: '2026-01-01',
        to: '2027-01-01',
        ...query,
      });
      const { body } = await send('get', `/totals?${asked}`).expect(200);
      return body as TotalsAnswer;
    },
    stop: () => backend.stop(),
  };
}

/** A portal under test. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;
