import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import dora from '@waymark/plugin-dora-backend';
import github from '@waymark/plugin-dora-backend-module-github';
import jira from '@waymark/plugin-dora-backend-module-jira';
import opsgenie from '@waymark/plugin-dora-backend-module-opsgenie';
import pagerduty from '@waymark/plugin-dora-backend-module-pagerduty';
import { createHash, createHmac } from 'node:crypto';
import os from 'node:os';
import request from 'supertest';

// What each source says is followed through the plugins as they are shipped, to
// the component that people see it at: neither side knows what the other takes
// for granted.

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const secret = 'as long as a secret has to be, and longer';

/** A component with what deliveries find it by. */
const component = (
  name: string,
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
  spec: { type: 'service' },
});

const shops = ['opened', 'pushed', 'counted', 'elsewhere'] as const;
type Shop = (typeof shops)[number];

const entities = [
  component('orders', {
    'jira/component': 'SHOP/Orders',
    'github.com/project-slug': 'larkspur/orders',
    'pagerduty.com/service-id': 'PO',
  }),
  component('search', {
    'jira/component': 'SHOP/Search',
    'github.com/project-slug': 'larkspur/search',
    'pagerduty.com/service-id': 'PS',
  }),
  component('ledger', { 'jira/component': 'BANK/Orders' }),
  component('desk', { 'github.com/project-slug': 'larkspur/incidents' }),
  ...shops.flatMap(shop =>
    ['bff', 'web'].map(folder =>
      component(`${folder}-${shop}`, {
        'github.com/project-slug': `larkspur/${shop}`,
        'waymark.io/repository-paths': folder,
      }),
    ),
  ),
];

const signed = (body: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** How each source proves that it sent a body. */
const proofs = {
  github: body => ({ 'x-hub-signature-256': `sha256=${signed(body)}` }),
  jira: body => ({ 'x-hub-signature': `sha256=${signed(body)}` }),
  opsgenie: body => ({ 'x-waymark-signature': `sha256=${signed(body)}` }),
  pagerduty: body => ({ 'x-pagerduty-signature': `v1=${signed(body)}` }),
} satisfies Record<string, (body: string) => Record<string, string>>;
type Source = keyof typeof proofs;

type Listed = { id: string; title: string; service: string };

let server: Awaited<ReturnType<typeof startTestBackend>>['server'];

beforeAll(async () => {
  const secrets = { secrets: [secret] };
  const backend = await startTestBackend({
    features: [
      dora,
      github,
      jira,
      opsgenie,
      pagerduty,
      catalogServiceMock.factory({ entities }),
      mockServices.database.factory({
        knex: await databases.init('POSTGRES_18'),
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          waymark: { repositories: { host: 'local', directory: os.tmpdir() } },
          dora: {
            sources: {
              github: secrets,
              jira: { ...secrets, serviceBy: 'component' },
              opsgenie: secrets,
              pagerduty: secrets,
            },
          },
        },
      }),
    ],
  });
  server = backend.server;
});

const people = { authorization: mockCredentials.user.header() };

async function ask<T>(path: string): Promise<T> {
  const { body, status } = await request(server)
    .get(`/api/dora${path}`)
    .set(people);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

/** Waits until everything that came in is in the numbers. */
async function settled(): Promise<void> {
  for (;;) {
    const { upToDate } = await ask<{ upToDate: boolean }>('/status');
    if (upToDate) return;
  }
}

/** Delivers what a source sends, with its proof. */
async function tell(
  source: Source,
  payload: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const body = JSON.stringify(payload);
  await request(server)
    .post(`/api/dora/webhooks/${source}`)
    .set({ 'content-type': 'application/json', ...headers })
    .set(proofs[source](body))
    .send(body)
    .expect(202);
  await settled();
}

const march = 'from=2026-03-01&to=2026-03-10';
const ref = (name: string) => `component:default/${name}`;

async function incidents(title: string): Promise<Listed[]> {
  const { items } = await ask<{ items: Listed[] }>(`/incidents?${march}`);
  return items.filter(item => item.title === title);
}

/** The components that have an incident. */
const holders = async (title: string) =>
  (await incidents(title)).map(({ service }) => service).sort();

describe('Jira', () => {
  const issue = (key: string, title: string, name: string) => ({
    timestamp: Date.parse('2026-03-01T09:30:00Z'),
    webhookEvent: 'jira:issue_updated',
    issue: {
      key,
      self: 'https://acme.atlassian.net/rest/api/2/issue/99291',
      fields: {
        summary: title,
        created: '2026-03-01T09:30:00.000+0000',
        issuetype: { name: 'Incident' },
        project: { key: key.split('-')[0] },
        components: [{ name }],
      },
    },
  });

  it('finds the component of a project, also where another has one of the name', async () => {
    await tell('jira', issue('SHOP-1', 'Of the shop', 'Orders'));
    await tell('jira', issue('BANK-1', 'Of the bank', 'orders'));
    expect(await holders('Of the shop')).toEqual([ref('orders')]);
    expect(await holders('Of the bank')).toEqual([ref('ledger')]);
  });

  it('moves an issue with its component', async () => {
    await tell('jira', issue('SHOP-2', 'Moved in Jira', 'Orders'));
    await tell('jira', issue('SHOP-2', 'Moved in Jira', 'Search'));
    expect(await holders('Moved in Jira')).toEqual([ref('search')]);
  });
});

describe('GitHub', () => {
  const at = (hour: number) =>
    new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
  const event = { 'x-github-event': 'issues' };
  /** An issue that is labelled as an incident, and maybe with its service. */
  const issue = (
    number: number,
    title: string,
    hour: number,
    more: { labels?: string[]; repository?: string } = {},
  ) => {
    const labels = ['incident', ...(more.labels ?? [])];
    return {
      action: 'labeled',
      repository: {
        full_name: more.repository ?? 'larkspur/incidents',
        default_branch: 'main',
      },
      label: { name: labels.at(-1) },
      issue: {
        number,
        title,
        created_at: at(9),
        updated_at: at(hour),
        labels: labels.map(name => ({ name })),
      },
    };
  };
  const of = (service: string) => ({ labels: [`service:${service}`] });

  it('moves an issue to the service that a label names, and not back by what comes late', async () => {
    const title = 'Moved by labels';
    await tell('github', issue(7, title, 10), event);
    expect(await holders(title)).toEqual([ref('desk')]);
    await tell('github', issue(7, title, 12, of('orders')), event);
    expect(await holders(title)).toEqual([ref('orders')]);
    await tell('github', issue(7, title, 11, of('search')), event);
    expect(await holders(title)).toEqual([ref('orders')]);
    await tell('github', issue(7, title, 13, of('search')), event);
    expect(await holders(title)).toEqual([ref('search')]);
  });

  it('leaves an issue of the same number in another repository alone', async () => {
    const elsewhere = { repository: 'larkspur/orders' };
    await tell('github', issue(8, 'Elsewhere', 10, elsewhere), event);
    await tell('github', issue(8, 'Here', 10, of('orders')), event);
    await tell('github', issue(8, 'Here', 11, of('search')), event);
    expect(await holders('Elsewhere')).toEqual([ref('orders')]);
    expect(await holders('Here')).toEqual([ref('search')]);
  });

  it('keeps what a person corrected when an issue moves', async () => {
    const title = 'Corrected';
    await tell('github', issue(9, title, 10), event);
    const [{ id }] = await incidents(title);
    await request(server)
      .put(`/api/dora/incidents/${id}/correction`)
      .set(people)
      .send({ cause: null, reason: 'The provider was down' })
      .expect(200);
    await tell('github', issue(9, title, 12, of('orders')), event);
    const [moved] = await incidents(title);
    expect(moved.service).toBe(ref('orders'));
    const corrections = await ask<{
      items: { incident?: string; active: boolean; reason: string }[];
    }>('/corrections');
    expect(corrections.items).toContainEqual(
      expect.objectContaining({
        incident: moved.id,
        active: true,
        reason: 'The provider was down',
      }),
    );
  });
});

describe('a repository of several components on GitHub', () => {
  const merged = '2026-03-02T12:00:00Z';
  const shaOf = (shop: Shop) => createHash('sha1').update(shop).digest('hex');
  const repository = (shop: Shop) => ({
    full_name: `larkspur/${shop}`,
    default_branch: 'main',
  });
  const pull = (shop: Shop, action: string, at: string, more: object = {}) =>
    tell(
      'github',
      {
        action,
        repository: repository(shop),
        pull_request: {
          number: 4,
          title: `Totals ${shop}`,
          created_at: '2026-03-02T09:00:00Z',
          updated_at: at,
          merged_at: null,
          closed_at: null,
          head: { ref: 'totals' },
          base: { ref: 'main' },
          ...more,
        },
      },
      { 'x-github-event': 'pull_request' },
    );
  const open = (shop: Shop) => pull(shop, 'opened', '2026-03-02T09:00:00Z');
  const close = (shop: Shop) =>
    pull(shop, 'closed', merged, {
      merged_at: merged,
      closed_at: merged,
      merge_commit_sha: shaOf(shop),
    });
  const push = (shop: Shop, file: string) =>
    tell(
      'github',
      {
        ref: 'refs/heads/main',
        repository: repository(shop),
        commits: [
          {
            id: shaOf(shop),
            message: `Totals ${shop} (#4)`,
            timestamp: merged,
            added: [],
            modified: [file],
            removed: [],
          },
        ],
      },
      { 'x-github-event': 'push' },
    );

  /** The components at which the request is open. */
  async function openAt(shop: Shop): Promise<string[]> {
    const { open: waiting } = await ask<{ open: { items: Listed[] } }>(
      `/stages?${march}`,
    );
    return waiting.items
      .filter(({ title }) => title === `Totals ${shop}`)
      .map(({ service }) => service)
      .sort();
  }

  /** Both components are deployed with the merge. */
  async function deploy(shop: Shop): Promise<void> {
    const lines = ['bff', 'web'].map(folder =>
      JSON.stringify({
        type: 'deployment',
        id: `${folder}-${shop}`,
        service: `${folder}-${shop}`,
        environment: 'production',
        status: 'success',
        finishedAt: '2026-03-02T13:00:00Z',
        sha: shaOf(shop),
      }),
    );
    const { body } = await request(server)
      .post('/api/dora/import')
      .set(people)
      .set('content-type', 'application/x-ndjson')
      .send(lines.join('\n'))
      .expect(200);
    expect(body).toMatchObject({ accepted: 2 });
    await settled();
  }

  /** How many changes were brought to each component. */
  async function brought(shop: Shop): Promise<Record<string, number>> {
    const { items } = await ask<{
      items: { service: string; changes: number }[];
    }>(`/deployments?${march}`);
    return Object.fromEntries(
      ['bff', 'web'].map(folder => [
        folder,
        items.find(({ service }) => service === ref(`${folder}-${shop}`))
          ?.changes ?? Number.NaN,
      ]),
    );
  }

  it('has a pull request where its merge was pushed to', async () => {
    await open('opened');
    expect(await openAt('opened')).toEqual([
      ref('bff-opened'),
      ref('web-opened'),
    ]);
    await push('opened', 'web/index.ts');
    await close('opened');
    await deploy('opened');
    expect(await brought('opened')).toEqual({ bff: 0, web: 1 });
  });

  it('has it there where the push came before it', async () => {
    await push('pushed', 'web/index.ts');
    await close('pushed');
    await deploy('pushed');
    expect(await brought('pushed')).toEqual({ bff: 0, web: 1 });
  });

  it('counts it no more where it was counted before the push', async () => {
    await close('counted');
    await deploy('counted');
    expect(await brought('counted')).toEqual({ bff: 1, web: 1 });
    await push('counted', 'web/index.ts');
    expect(await brought('counted')).toEqual({ bff: 0, web: 1 });
  });

  it('has a pull request everywhere that touches no component’s folder', async () => {
    await open('elsewhere');
    await push('elsewhere', 'README.md');
    expect(await openAt('elsewhere')).toEqual([
      ref('bff-elsewhere'),
      ref('web-elsewhere'),
    ]);
  });
});

describe('Opsgenie', () => {
  it('moves an alert with its tags', async () => {
    const alert = (action: string, minute: number, tags: string[]) => ({
      action,
      alert: {
        alertId: 'a1',
        message: 'Moved by tags',
        tags,
        createdAt: Date.UTC(2026, 2, 2, 10),
        updatedAt: Date.UTC(2026, 2, 2, 10, minute),
      },
    });
    await tell('opsgenie', alert('Create', 0, ['service:orders']));
    await tell(
      'opsgenie',
      alert('AddTags', 1, ['service:search', 'service:orders']),
    );
    expect(await holders('Moved by tags')).toEqual([ref('search')]);
    await tell('opsgenie', alert('RemoveTags', 2, ['service:orders']));
    expect(await holders('Moved by tags')).toEqual([ref('orders')]);
  });
});

describe('PagerDuty', () => {
  it('moves an incident with its service', async () => {
    const incident = (type: string, minute: number, service: string) => ({
      event: {
        id: type,
        event_type: type,
        occurred_at: `2026-03-02T10:0${minute}:00Z`,
        data: {
          id: 'Q1',
          title: 'Moved by its service',
          created_at: '2026-03-02T10:00:00Z',
          service: { id: service },
        },
      },
    });
    await tell('pagerduty', incident('incident.triggered', 0, 'PO'));
    await tell('pagerduty', incident('incident.service_updated', 1, 'PS'));
    expect(await holders('Moved by its service')).toEqual([ref('search')]);
  });
});
