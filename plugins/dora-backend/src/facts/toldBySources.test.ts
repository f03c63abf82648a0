import { TestDatabases } from '@backstage/backend-test-utils';
import doraModuleJira from '@waymark/plugin-dora-backend-module-jira';
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
let bench: Workbench;
let deliveries = 0;

beforeAll(async () => {
  knex = await migratedDatabase(databases);
  bench = new Workbench(knex, [
    await sourceAddedBy(doraModuleJira, { jira: { serviceBy: 'component' } }),
  ]);
});
beforeEach(() => emptied(knex));

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
});
