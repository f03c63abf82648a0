import type {
  RecommendationDetail,
  RecommendationPage,
} from '@waymark/plugin-costs-common';
import { bill, type BillRow } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { daily } from '../../__testUtils__/days';
import { entity } from '../../__testUtils__/entities';
import { lookForSavings } from '../../__testUtils__/savings';
import { usePortal } from '../../__testUtils__/usePortal';

const entities = [
  entity('Group', 'ledger'),
  entity('Component', 'orders', { ownedBy: 'group:default/ledger' }),
];
const test = usePortal(entities);
const asOf = '2026-05-01';

beforeEach(() => catalogSays(test.knex, entities));

const look = () => lookForSavings(test.knex, asOf);

async function found(): Promise<RecommendationPage['items']> {
  const { body } = await test.portal.get('/recommendations').expect(200);
  return body.items;
}

/** What orders was charged for a resource on each day of three months. */
const charged = (ResourceId: string, EffectiveCost: string, of: BillRow) =>
  daily(asOf, 95, () => ({
    ServiceName: 'Compute',
    ServiceCategory: 'Compute',
    ResourceId,
    EffectiveCost,
    PricingUnit: 'Hrs',
    Tags: '{"component":"orders"}',
    ...of,
  }));

describe('the lines of recommendations', () => {
  it('are compared with everything that is charged, and said of what costs enough', async () => {
    await test.portal.import(
      bill([
        ...charged('logs', '2', {
          ServiceName: 'AmazonCloudWatch',
          SkuId: 'DataProcessing-Bytes',
          PricingUnit: 'GB',
        }),
        ...charged('disk', '3', {
          SkuId: 'EBS:VolumeUsage.gp3',
          PricingUnit: 'GB-Mo',
        }),
        // Machines that each cost less than anything is said of.
        ...charged('one', '0.5', {}),
        ...charged('other', '0.25', {}),
        ...charged('', '0.25', { SkuId: 'Support' }),
      ]),
    );
    await look();
    const items = await found();
    expect(items.map(({ rule }) => rule)).toEqual(['loud-telemetry']);
    expect(items[0].why).toMatch(/^33% of what it costs/);
    const { body } = await test.portal.get(`/recommendations/${items[0].id}`);
    const { evidence }: RecommendationDetail = body;
    expect(
      evidence.map(({ resourceName, cost }) => [resourceName, cost]),
    ).toEqual([
      ['logs', '60.00'],
      ['disk', '90.00'],
      ['2 resources', '22.50'],
      ['no resource', '7.50'],
    ]);
  });

  it('are of those logs and metrics that the rules of signals tell', async () => {
    const first = (await test.portal.get('/signals').expect(200)).body;
    const rule = { signal: 'logs', service: 'Tall Tales', charge: '*ingest*' };
    await test.portal.put('/signals', { items: [rule] }).expect(200);
    await test.portal.import(
      bill([
        ...charged('tales', '10', {
          ServiceName: 'Tall Tales',
          ChargeDescription: 'Ingested lines',
          PricingUnit: 'GB',
        }),
        ...charged('alarms', '10', {
          ServiceName: 'AmazonCloudWatch',
          PricingUnit: 'Alarms',
        }),
      ]),
    );
    await look();
    expect(await found()).toMatchObject([
      { rule: 'loud-telemetry', service: 'Tall Tales', cost: '300' },
    ]);
    await test.portal.put('/signals', first).expect(200);
    await look();
    expect(await found()).toMatchObject([
      { rule: 'loud-telemetry', service: 'AmazonCloudWatch' },
    ]);
  });
});
