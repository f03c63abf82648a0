import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(() => emptied(knex));

const incident = (service: string, more: object = {}) => ({
  type: 'incident',
  id: 'i1',
  service,
  createdAt: '2026-03-02T10:00:00Z',
  ...more,
});

describe('facts that wait for the catalog', () => {
  it.each(['payments', 'component:default/payments', 'default/payments'])(
    'told of as %s are brought to the component, with what it has already',
    async name => {
      const bench = new Workbench(knex);
      const resolvedAt = '2026-03-02T11:00:00Z';
      await bench.import([incident(name, { title: 'Down' })]);
      await bench.import([incident(name, { resolvedAt })]);
      await bench.catalogIs([component('payments')]);
      await bench.import([incident('payments', { severity: 'high' })]);
      await bench.catalogIs([component('payments')]);
      const found = await knex('incidents as i')
        .join('services as s', 's.id', 'i.service_id')
        .select('entity_ref', 'title', 'severity', 'resolved_at');
      expect(found).toEqual([
        {
          entity_ref: 'component:default/payments',
          title: 'Down',
          severity: 'high',
          resolved_at: new Date(resolvedAt),
        },
      ]);
    },
  );

  it('are found by the annotation that their source names', async () => {
    const annotation = 'example.com/thing';
    const source = new TestSource();
    source.annotations = [annotation];
    const bench = new Workbench(knex, [source]);
    await bench.catalogIs([
      component('orders', {
        annotations: { [annotation]: 'Thing-7', 'argocd/app-name': 'thing-8' },
      }),
    ]);
    for (const [index, service] of [
      { annotation, value: 'thing-7' },
      { annotation: 'argocd/app-name', value: 'thing-8' },
    ].entries()) {
      await bench.inbox.add([
        {
          source: 'test',
          deliveryId: `d${index}`,
          headers: {},
          body: Buffer.from(
            JSON.stringify({
              facts: [
                {
                  ...incident('', { service }),
                  observedAt: '2026-03-02T10:00:00Z',
                },
              ],
            }),
          ),
        },
      ]);
    }
    await bench.drain();
    expect(
      await knex('services as s')
        .join('incidents as i', 'i.service_id', 's.id')
        .orderBy('s.key')
        .pluck('s.key'),
    ).toEqual(['argocd/app-name:thing-8', 'component:default/orders']);
  });

  it('are found by the system, also where a component is part of another', async () => {
    await new Workbench(knex).catalogIs([
      component('payments', {
        system: 'bank',
        relations: [{ type: 'partOf', targetRef: 'component:default/bank' }],
      }),
    ]);
    expect(await knex('entities').pluck('parent_ref')).toEqual([
      'system:default/bank',
    ]);
  });
});
