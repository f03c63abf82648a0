import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type {
  RequestDetail,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import {
  billBookExtensionPoint,
  budgetBookExtensionPoint,
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
  type BillBook,
  type BudgetBook,
  type PolicyEngine,
  type SecretSink,
} from '@waymark/plugin-infrastructure-node';
import { readContract } from '@waymark/plugin-openapi-node';
import { asDocumented } from '@waymark/plugin-openapi-node/testUtils';
import type { Knex } from 'knex';
import path from 'node:path';
import request from 'supertest';
import { infrastructurePlugin } from '../plugin';
import type { TestEngine } from './TestEngine';

/** What the API promises. */
const documented = asDocumented(
  readContract('@waymark/plugin-infrastructure-common'),
);

/** Whom to wake when a portal says that something happened to a request. */
const waiting: (() => void)[] = [];

/** Who is in which group; Jonas leads Ledger, Priya keeps the platform. */
const groupsOf: Record<string, string[]> = {
  amara: ['group:default/ledger'],
  jonas: ['group:default/ledger', 'group:default/team-leads'],
  tomas: ['group:default/storefront'],
  lena: ['group:default/storefront', 'group:default/team-leads'],
  priya: ['group:default/platform'],
};

function group(name: string): Entity {
  const ref = `group:default/${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      ...(name === 'shop' && {
        annotations: { 'waymark.io/cost-centre': 'CC-100' },
      }),
    },
    spec: { type: 'team', children: [] },
    relations: Object.entries(groupsOf)
      .filter(([, groups]) => groups.includes(ref))
      .map(([person]) => ({
        type: 'hasMember',
        targetRef: `user:default/${person}`,
      }))
      .concat(
        name === 'ledger'
          ? [{ type: 'childOf', targetRef: 'group:default/shop' }]
          : [],
      ),
  };
}

function user(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [] },
  };
}

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    namespace: 'default',
    annotations: { 'pagerduty.com/service-id': 'P123' },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'ledger' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/ledger' },
    { type: 'partOf', targetRef: 'system:default/payments' },
  ],
};

/** Permissions of who keeps the platform. */
const keeping = new Set([
  'infrastructure.audit.read',
  'infrastructure.request.manage',
  'infrastructure.resource.import',
]);

/** Forbids what is public, and asks the lead about production. */
export const testPolicy: PolicyEngine = {
  async judge({ environment, exceptions, parameters, stage }) {
    const results: RuleResult[] = [];
    if (parameters.public) {
      const exception = exceptions.find(
        ({ rule }) => rule === 'no-public-access',
      );
      results.push({
        rule: 'no-public-access',
        effect: exception ? 'warn' : 'deny',
        ...(exception && {
          exception: {
            number: Number(exception.number),
            until: exception.until,
          },
        }),
        field: 'parameters.public',
        message: 'It would be public.',
        reason: 'What is public is found.',
        remedy: 'Leave it private.',
      });
    }
    if (environment === 'production' && stage !== 'resource') {
      results.push({
        rule: 'production',
        effect: 'approval',
        message: 'A change of production needs a second person.',
        reason: 'Customers feel what goes wrong there.',
        remedy: 'The lead approves it.',
        approvers: ['ownerLead'],
      });
    }
    return {
      revision: 'tests',
      results,
      rules: [
        { rule: 'no-public-access', title: 'No public access' },
        { rule: 'production', title: 'Production asks for people' },
      ],
    };
  },
};

/** A portal with this plugin on a real database, and everything around it in memory. */
export async function startPortal(options: {
  knex: Knex;
  engine: TestEngine;
  policy?: PolicyEngine | null;
  budget?: number;
  /** What groups may spend, where a module knows it. */
  book?: BudgetBook;
  /** What resources really cost, where a module knows it. */
  bills?: BillBook;
  /** Folder with `offerings` and `prices`, instead of those for tests. */
  infrastructure?: string;
  sink?: SecretSink;
  /** `infrastructure.secretSinks`. */
  secretSinks?: JsonObject[];
  /** Names of the permissions that everybody lacks. */
  denied?: Set<string>;
}) {
  const { knex, engine, policy = testPolicy, denied = new Set() } = options;
  const { infrastructure = __dirname } = options;
  const backend = await startTestBackend({
    features: [
      infrastructurePlugin,
      createBackendModule({
        pluginId: 'infrastructure',
        moduleId: 'test',
        register(registry) {
          registry.registerInit({
            deps: {
              bills: billBookExtensionPoint,
              budgets: budgetBookExtensionPoint,
              engines: enginesExtensionPoint,
              policies: policyExtensionPoint,
              sinks: secretSinksExtensionPoint,
            },
            async init({ bills, budgets, engines, policies, sinks }) {
              if (options.bills) bills.setBillBook(options.bills);
              if (options.book) budgets.setBudgetBook(options.book);
              engines.addEngine(engine);
              if (policy) policies.setPolicyEngine(policy);
              if (options.sink) sinks.addSink(options.sink);
            },
          });
        },
      }),
      catalogServiceMock.factory({
        entities: [
          group('ledger'),
          group('storefront'),
          group('team-leads'),
          group('platform'),
          ...Object.keys(groupsOf).map(user),
          group('shop'),
          orders,
        ],
      }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          infrastructure: {
            offerings: path.join(infrastructure, 'offerings'),
            prices: path.join(infrastructure, 'prices'),
            encryption: { keys: [{ id: 'test', secret: 'for tests alone' }] },
            secretSinks: options.secretSinks ?? [],
            approvals: {
              leads: ['group:default/team-leads'],
              platformTeam: 'group:default/platform',
            },
            allowances: {
              default: {
                budget: options.budget ?? 100_000,
                quotas: { things: { staging: 5 } },
              },
            },
          },
        },
      }),
      mockServices.permissions.mock({
        authorize: async (
          requests,
          { credentials } = { credentials: {} as never },
        ) => {
          const { userEntityRef } = credentials.principal as {
            userEntityRef?: string;
          };
          return requests.map(({ permission }) => ({
            result:
              denied.has(permission.name) ||
              (keeping.has(permission.name) &&
                userEntityRef !== 'user:default/priya')
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }));
        },
      }).factory,
      mockServices.userInfo.mock({
        getUserInfo: async ({ principal }) => {
          const { userEntityRef } = principal as { userEntityRef: string };
          return {
            userEntityRef,
            ownershipEntityRefs: [
              userEntityRef,
              ...(groupsOf[userEntityRef.split('/')[1]] ?? []),
            ],
          };
        },
      }).factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async () => waiting.splice(0).forEach(wake => wake()),
        }),
      }),
    ],
  });

  /** The API as one person calls it. */
  const as = (person: string) => {
    const header = mockCredentials.user.header(`user:default/${person}`);
    const send = (
      method: 'get' | 'post' | 'put' | 'delete',
      address: string,
      body?: object,
      headers: Record<string, string> = {},
    ) =>
      request(backend.server)
        [method](`/api/infrastructure${address}`)
        .set({
          authorization: header,
          ...headers,
        })
        .send(body)
        .expect(documented);
    return {
      get: (address: string, headers = {}) =>
        send('get', address, undefined, headers),
      put: (address: string, body: object) => send('put', address, body),
      delete: (address: string) => send('delete', address),
      post: (address: string, body = {}, headers = {}) =>
        send('post', address, body, headers),
      /** The actions that programs of the person find. */
      actions: () =>
        request(backend.server)
          .get('/api/infrastructure/.backstage/actions/v1/actions')
          .set('authorization', header),
      /** Runs an action as a program of the person does. */
      invoke: (action: string, input: object) =>
        request(backend.server)
          .post(
            `/api/infrastructure/.backstage/actions/v2/actions/infrastructure:${action}/invoke`,
          )
          .set('authorization', header)
          .send({ input }),
      /** Asks for a thing. */
      ask: (wish: object = {}) =>
        send('post', '/requests', {
          kind: 'create',
          offering: 'thing',
          name: 'orders-thing',
          environment: 'staging',
          owner: 'group:default/ledger',
          component: 'component:default/orders',
          parameters: { size: 1 },
          ...wish,
        }),
      /** Waits until a request is in one of the states. */
      until: async (
        id: string,
        ...states: string[]
      ): Promise<RequestDetail> => {
        for (;;) {
          const news = new Promise<void>(resolve => waiting.push(resolve));
          const { body } = await send('get', `/requests/${id}`);
          if (states.includes(body.state)) return body;
          await news;
        }
      },
    };
  };
  /** What another system says of work that the engine handed over. */
  const report = (said: object, headers: object = { 'x-token': 'right' }) =>
    request(backend.server)
      .post('/api/infrastructure/reports/test/cluster')
      .set({ 'content-type': 'application/json', ...headers })
      .send({ report: said })
      .expect(documented);
  return { as, report, stop: () => backend.stop() };
}

/** A portal that answers as one person or another. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;
