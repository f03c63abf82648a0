import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { deployment, entities } from '../__testUtils__/example';
import { Workbench } from '../__testUtils__/Workbench';
import { RecordReader } from './RecordReader';
import { ScopeResolver } from './ScopeResolver';

jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let bench: Workbench;
beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(async () => {
  await emptied(knex);
  bench = new Workbench(knex);
  await bench.catalogIs(entities);
});

const march = {
  from: Date.UTC(2026, 2, 1),
  to: Date.UTC(2026, 2, 31, 12, 34),
};

/** How many deployments a list says there are, and how many it shows. */
async function totals(entityRef?: string) {
  const scopes = new ScopeResolver(knex);
  const environment = await knex('environments')
    .where({ name: 'production' })
    .first('id');
  const { items, total } = await new RecordReader(knex).deployments({
    scope: entityRef
      ? await scopes.entity(entityRef)
      : await scopes.organisation('Larkspur'),
    period: march,
    environment: environment.id,
    limit: 100,
    offset: 0,
  });
  return { shown: items.length, total };
}

describe('the total of a list of deployments', () => {
  it('counts all of them, whatever became of them', async () => {
    const facts = [
      ...['success', 'failure', 'cancelled'].flatMap(status =>
        ['payments', 'shop'].flatMap(service =>
          ['02T10:00', '15T23:59', '31T12:33', '31T12:34'].map(time =>
            deployment(`${status} ${service} ${time}`, {
              service,
              status,
              finishedAt: `2026-03-${time}:00Z`,
            }),
          ),
        ),
      ),
      deployment('elsewhere', { environment: 'staging' }),
      deployment('nobody’s', { service: 'nobody-knows' }),
      deployment('before', { finishedAt: '2026-02-28T23:59:59.999Z' }),
    ];
    await bench.import(facts);
    await bench.drain();
    expect(await totals()).toEqual({ shown: 18, total: 18 });
    expect(await totals('group:default/ledger')).toEqual({
      shown: 9,
      total: 9,
    });
    expect(await totals('component:default/shop')).toEqual({
      shown: 9,
      total: 9,
    });
  });

  it('keeps those that a person says have not failed', async () => {
    await bench.import([
      deployment('good'),
      deployment('bad', { status: 'failure' }),
    ]);
    await bench.drain();
    const bad = await knex('deployments')
      .where({ external_id: 'bad' })
      .first('id');
    await bench.corrections.put({
      deployment: bad.id,
      failed: false,
      reason: 'It was the network',
      by: mockCredentials.user().principal.userEntityRef,
    });
    await bench.drain();
    expect(await totals()).toEqual({ shown: 2, total: 2 });
    expect(await totals('group:default/ledger')).toEqual({
      shown: 2,
      total: 2,
    });
  });

  it('is never below what it shows', async () => {
    await bench.import([deployment('just-come')]);
    expect(await totals()).toEqual({ shown: 1, total: 1 });
  });
});
