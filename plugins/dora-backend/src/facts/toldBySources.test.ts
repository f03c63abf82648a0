import { TestDatabases } from '@backstage/backend-test-utils';
import doraModuleGithub from '@waymark/plugin-dora-backend-module-github';
import doraModuleJira from '@waymark/plugin-dora-backend-module-jira';
import doraModuleOpsgenie from '@waymark/plugin-dora-backend-module-opsgenie';
import doraModulePagerduty from '@waymark/plugin-dora-backend-module-pagerduty';
import type { DeliverySource } from '@waymark/plugin-dora-node';
import { sourceAddedBy } from '@waymark/plugin-dora-node/testUtils';
import type { Knex } from 'knex';
import { component } from '../__testUtils__/entities';
import {
  emptied,
  migratedDatabase,
  Workbench,
} from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let knex: Knex;
let sources: DeliverySource[];
let bench: Workbench;
let deliveries = 0;

beforeAll(async () => {
  knex = await migratedDatabase(databases);
  sources = [
    await sourceAddedBy(doraModuleGithub),
    await sourceAddedBy(doraModuleOpsgenie),
    await sourceAddedBy(doraModulePagerduty),
    await sourceAddedBy(doraModuleJira, { jira: { serviceBy: 'component' } }),
  ];
});
beforeEach(async () => {
  await emptied(knex);
  bench = new Workbench(knex, sources);
});

/** Delivers a payload of a source and computes what there is to compute. */
async function tell(
  source: string,
  payload: object,
  headers: Record<string, string> = {},
): Promise<void> {
  deliveries += 1;
  await bench.inbox.add([
    {
      source,
      deliveryId: `d${deliveries}`,
      headers,
      body: Buffer.from(JSON.stringify(payload)),
    },
  ]);
  await bench.drain();
}

/** The components that have a fact, by the name of the source. */
async function holders(table: string, externalId: string): Promise<string[]> {
  return knex(`${table} as f`)
    .join('services as s', 's.id', 'f.service_id')
    .where({ external_id: externalId })
    .orderBy('s.key')
    .pluck('s.key');
}

const ref = (name: string) => `component:default/${name}`;

describe('Jira', () => {
  const issue = (key: string, name: string) => ({
    timestamp: Date.parse('2026-03-01T09:30:00Z'),
    webhookEvent: 'jira:issue_updated',
    issue: {
      key,
      self: 'https://acme.atlassian.net/rest/api/2/issue/99291',
      fields: {
        summary: 'Orders fail at checkout',
        created: '2026-03-01T09:30:00.000+0000',
        issuetype: { name: 'Incident' },
        project: { key: key.split('-')[0] },
        components: [{ name }],
      },
    },
  });

  it('finds the component of a project, also where another has one of the name', async () => {
    await bench.catalogIs([
      component('orders', { annotations: { 'jira/component': 'SHOP/Orders' } }),
      component('ledger', { annotations: { 'jira/component': 'BANK/Orders' } }),
    ]);
    await tell('jira', issue('SHOP-1', 'Orders'));
    await tell('jira', issue('BANK-1', 'orders'));
    expect(await holders('incidents', 'SHOP-1')).toEqual([ref('orders')]);
    expect(await holders('incidents', 'BANK-1')).toEqual([ref('ledger')]);
  });

  it('moves an issue with its component', async () => {
    await bench.catalogIs([
      component('orders', { annotations: { 'jira/component': 'SHOP/Orders' } }),
      component('search', { annotations: { 'jira/component': 'SHOP/Search' } }),
    ]);
    await tell('jira', issue('SHOP-1', 'Orders'));
    await tell('jira', issue('SHOP-1', 'Search'));
    expect(await holders('incidents', 'SHOP-1')).toEqual([ref('search')]);
  });
});

describe('GitHub', () => {
  const at = (hour: number) =>
    new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
  const issue = (
    hour: number,
    labels: string[],
    more: { action?: string; name?: string; label?: string } = {},
  ) => ({
    action: more.action ?? 'labeled',
    repository: {
      full_name: more.name ?? 'larkspur/incidents',
      default_branch: 'main',
    },
    label: { name: more.label ?? labels.at(-1) },
    issue: {
      number: 7,
      title: 'Orders fail',
      created_at: at(9),
      updated_at: at(hour),
      labels: labels.map(name => ({ name })),
    },
  });
  const event = { 'x-github-event': 'issues' };
  const seven = 'issue:larkspur/incidents#7';
  const of = (name: string, slug: string) =>
    component(name, { annotations: { 'github.com/project-slug': slug } });

  beforeEach(() =>
    bench.catalogIs([
      of('desk', 'larkspur/incidents'),
      of('orders', 'larkspur/orders'),
      of('search', 'larkspur/search'),
    ]),
  );

  it('moves an issue to the service that a label names, and not back by what comes late', async () => {
    await tell('github', issue(10, ['incident']), event);
    expect(await holders('incidents', seven)).toEqual([ref('desk')]);
    await tell('github', issue(12, ['incident', 'service:orders']), event);
    expect(await holders('incidents', seven)).toEqual([ref('orders')]);
    await tell('github', issue(11, ['incident', 'service:search']), event);
    expect(await holders('incidents', seven)).toEqual([ref('orders')]);
    await tell('github', issue(13, ['incident', 'service:search']), event);
    expect(await holders('incidents', seven)).toEqual([ref('search')]);
  });

  it('leaves an issue of the same number in another repository alone', async () => {
    const elsewhere = { name: 'larkspur/orders' };
    await tell('github', issue(10, ['incident'], elsewhere), event);
    await tell('github', issue(10, ['incident', 'service:orders']), event);
    await tell('github', issue(11, ['incident', 'service:search']), event);
    expect(await holders('incidents', 'issue:larkspur/orders#7')).toEqual([
      ref('orders'),
    ]);
    expect(await holders('incidents', seven)).toEqual([ref('search')]);
  });

  it('keeps what a person corrected when an issue moves', async () => {
    await tell('github', issue(10, ['incident']), event);
    const { id } = await knex('incidents').first('id');
    await bench.corrections.put({
      incident: id,
      cause: null,
      reason: 'The provider was down',
      by: 'user:default/amara',
    });
    await tell('github', issue(12, ['incident', 'service:orders']), event);
    const corrected = await knex('corrections as c')
      .join('incidents as i', 'i.id', 'c.incident_id')
      .join('services as s', 's.id', 'i.service_id')
      .whereNull('ended_at')
      .pluck('s.key');
    expect(corrected).toEqual([ref('orders')]);
  });
});

describe('a repository of several components on GitHub', () => {
  const repository = { full_name: 'larkspur/shop', default_branch: 'main' };
  const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
  const merged = '2026-03-02T12:00:00Z';
  const request = (action: string, updatedAt: string, more: object = {}) => ({
    action,
    repository,
    pull_request: {
      number: 4,
      title: 'Add totals',
      created_at: '2026-03-02T09:00:00Z',
      updated_at: updatedAt,
      merged_at: null,
      closed_at: null,
      head: { ref: 'totals' },
      base: { ref: 'main' },
      ...more,
    },
  });
  const opened = request('opened', '2026-03-02T09:00:00Z');
  const closed = request('closed', merged, {
    merged_at: merged,
    closed_at: merged,
    merge_commit_sha: sha,
  });
  const push = (file: string) => ({
    ref: 'refs/heads/main',
    repository,
    commits: [
      {
        id: sha,
        message: 'Add totals (#4)',
        timestamp: merged,
        added: [],
        modified: [file],
        removed: [],
      },
    ],
  });
  const requests = { 'x-github-event': 'pull_request' };
  const pushes = { 'x-github-event': 'push' };
  const inFolder = (name: string) =>
    component(name, {
      annotations: {
        'github.com/project-slug': repository.full_name,
        'waymark.io/repository-paths': name,
      },
    });

  beforeEach(() => bench.catalogIs([inFolder('bff'), inFolder('web')]));

  it('has a pull request where its merge was pushed to', async () => {
    await tell('github', opened, requests);
    expect(await holders('changes', 'pr:4')).toEqual([ref('bff'), ref('web')]);
    await tell('github', push('web/index.ts'), pushes);
    await tell('github', closed, requests);
    expect(await holders('changes', 'pr:4')).toEqual([ref('web')]);
    expect(await knex('changes').first('title', 'opened_at')).toEqual({
      title: 'Add totals',
      opened_at: new Date('2026-03-02T09:00:00Z'),
    });
  });

  it('has it there where the push came before it', async () => {
    await tell('github', push('web/index.ts'), pushes);
    await tell('github', closed, requests);
    expect(await holders('changes', 'pr:4')).toEqual([ref('web')]);
  });

  it('counts it no more where it was counted before the push', async () => {
    await tell('github', closed, requests);
    await bench.import(
      ['bff', 'web'].map(service => ({
        type: 'deployment',
        id: `d-${service}`,
        service,
        environment: 'production',
        status: 'success',
        finishedAt: '2026-03-02T13:00:00Z',
        sha,
      })),
    );
    await bench.drain();
    const delivered = async () =>
      (
        await knex('buckets').where({ level: 4, grain: 'd' }).sum('delivered')
      )[0].sum;
    const before = Number(await delivered());
    await tell('github', push('web/index.ts'), pushes);
    expect({ before, after: Number(await delivered()) }).toEqual({
      before: 2,
      after: 1,
    });
  });

  it('has a pull request everywhere that touches no component’s folder', async () => {
    await tell('github', opened, requests);
    await tell('github', push('README.md'), pushes);
    expect(await holders('changes', 'pr:4')).toEqual([ref('bff'), ref('web')]);
  });
});

describe('Opsgenie', () => {
  it('moves an alert with its tags', async () => {
    await bench.catalogIs([component('orders'), component('search')]);
    const alert = (action: string, updatedAt: number, tags: string[]) => ({
      action,
      alert: { alertId: 'a1', tags, createdAt: 1426170439953, updatedAt },
    });
    await tell('opsgenie', alert('Create', 1426170439953, ['service:orders']));
    await tell(
      'opsgenie',
      alert('AddTags', 1426170500000, ['service:search', 'service:orders']),
    );
    expect(await holders('incidents', 'a1')).toEqual([ref('search')]);
    await tell(
      'opsgenie',
      alert('RemoveTags', 1426170600000, ['service:orders']),
    );
    expect(await holders('incidents', 'a1')).toEqual([ref('orders')]);
  });
});

describe('PagerDuty', () => {
  it('moves an incident with its service', async () => {
    const of = (name: string, id: string) =>
      component(name, { annotations: { 'pagerduty.com/service-id': id } });
    await bench.catalogIs([of('orders', 'PO'), of('search', 'PS')]);
    const incident = (type: string, minute: number, service: string) => ({
      event: {
        id: type,
        event_type: type,
        occurred_at: `2026-03-02T10:0${minute}:00Z`,
        data: {
          id: 'Q1',
          created_at: '2026-03-02T10:00:00Z',
          service: { id: service },
        },
      },
    });
    await tell('pagerduty', incident('incident.triggered', 0, 'PO'));
    await tell('pagerduty', incident('incident.service_updated', 1, 'PS'));
    expect(await holders('incidents', 'Q1')).toEqual([ref('search')]);
  });
});
