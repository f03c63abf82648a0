import type { AnomalyDetail, AnomalyPage } from '@waymark/plugin-costs-common';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { lookForAnomalies } from '../../__testUtils__/anomalies';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { daily } from '../../__testUtils__/days';
import { entity } from '../../__testUtils__/entities';
import { usePortal } from '../../__testUtils__/usePortal';

const entities = [
  entity('Group', 'ledger'),
  entity('Group', 'shop'),
  entity('Component', 'orders', { ownedBy: 'group:default/ledger' }),
  entity('Component', 'basket', { ownedBy: 'group:default/shop' }),
];
const test = usePortal(entities);
const asOf = '2026-05-01';
const days = 110;
const sent: NotificationSendOptions[] = [];

/** A database of each of two teams and a network that both bear by what they use. */
const imported = (
  costs: Record<'orders' | 'basket' | 'network', (day: string) => string>,
) =>
  test.portal.import(
    bill([
      ...(['orders', 'basket'] as const).flatMap(component =>
        daily(asOf, days, day => ({
          ServiceName: 'Database',
          EffectiveCost: costs[component](day),
          Tags: JSON.stringify({ component }),
        })),
      ),
      ...daily(asOf, days, day => ({
        ServiceName: 'Network',
        ResourceId: 'gateway',
        EffectiveCost: costs.network(day),
      })),
    ]),
  );

async function look(): Promise<AnomalyPage> {
  await lookForAnomalies(test.knex, asOf, async one => void sent.push(one));
  const { body } = await test.portal.get('/anomalies').expect(200);
  return body;
}

beforeEach(async () => {
  sent.length = 0;
  await catalogSays(test.knex, entities);
  await test.portal.rule({
    rules: [
      {
        id: 'component',
        title: 'The tag component',
        by: 'name',
        value: 'Tags/component',
        kind: 'component',
      },
      { id: 'rest', title: 'The rest', by: 'share', split: 'use' },
    ],
    from: '2026-01-01',
    to: '2026-06-01',
  });
});

describe('what is shared by use', () => {
  it('does not stand out when one bearer uses more, and so all of its month weighs more', async () => {
    await imported({
      orders: day =>
        ['2026-04-08', '2026-04-09'].includes(day) ? '4000' : '100',
      basket: () => '100',
      network: () => '200',
    });
    const { items } = await look();
    expect(
      items.map(({ first, last, parts }) => [
        first,
        last,
        parts.map(({ title, service }) => `${service} of ${title}`),
      ]),
    ).toEqual([['2026-04-08', '2026-04-09', ['Database of ledger']]]);
    expect(sent).toHaveLength(1);
  });

  it('stands out once, as nobody’s alone, with all of its days and rows', async () => {
    await imported({
      orders: () => '100',
      basket: () => '100',
      network: day => (day === '2026-04-08' ? '900' : '200'),
    });
    const { items } = await look();
    expect(items).toMatchObject([
      {
        actual: '900',
        parts: [{ groupRef: null, service: 'Network' }],
      },
    ]);
    expect(items).toHaveLength(1);
    const { body } = await test.portal
      .get(`/anomalies/${items[0].id}`)
      .expect(200);
    const { days: around, causes }: AnomalyDetail = body;
    expect(around).toContainEqual({ date: '2026-04-08', amount: '900' });
    expect(around).toContainEqual({ date: '2026-04-07', amount: '200' });
    expect(causes).toMatchObject([
      { resourceId: 'gateway', before: '200', now: '900' },
    ]);
  });
});
