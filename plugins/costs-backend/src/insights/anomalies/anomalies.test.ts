import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { AnomalyPage } from '@waymark/plugin-costs-common';
import { randomUUID } from 'node:crypto';
import { lookForAnomalies } from '../../__testUtils__/anomalies';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { daily } from '../../__testUtils__/days';
import { entity } from '../../__testUtils__/entities';
import { usePortal } from '../../__testUtils__/usePortal';
import { dayOf, numberOf } from '../../forecast/calendar';
import { today } from '../../forecast/outlook';

const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: 'group:default/board' }),
  entity('Group', 'shop', { childOf: 'group:default/board' }),
  entity('Component', 'orders', { ownedBy: 'group:default/ledger' }),
  entity('Component', 'basket', { ownedBy: 'group:default/shop' }),
];
const test = usePortal(entities);
const sent: NotificationSendOptions[] = [];
const asOf = '2026-05-01';

beforeEach(async () => {
  sent.length = 0;
  await catalogSays(test.knex, entities);
});

const look = (
  day = asOf,
  send = async (one: NotificationSendOptions) => void sent.push(one),
) => lookForAnomalies(test.knex, day, send);

/** A hundred a day of a database, and on some days much more of its traffic. */
const imported = (spikes: string[], tags = '{"component":"orders"}') =>
  test.portal.import(
    bill([
      ...daily(asOf, 110, () => ({
        ServiceName: 'Database',
        ResourceId: 'hours',
        EffectiveCost: '100',
        PricingQuantity: '24',
        Tags: tags,
      })),
      ...daily(asOf, 110, day => ({
        ServiceName: 'Database',
        ResourceId: 'traffic',
        EffectiveCost: spikes.includes(day) ? '900' : '10',
        PricingQuantity: spikes.includes(day) ? '90' : '1',
        Tags: tags,
      })),
    ]),
  );

async function list(query = ''): Promise<AnomalyPage> {
  const { body } = await test.portal.get(`/anomalies${query}`).expect(200);
  return body;
}

const spiked = ['2026-04-08', '2026-04-09'];

describe('anomalies', () => {
  it('are found with their days and their causes, and the owner is told once', async () => {
    await imported(spiked);
    await look();
    await look();
    const { items, total } = await list();
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        currency: 'USD',
        measure: 'EffectiveCost',
        first: '2026-04-08',
        last: '2026-04-09',
        expected: '220',
        actual: '2000',
        parts: [
          {
            groupRef: 'group:default/ledger',
            title: 'ledger',
            service: 'Database',
            verdict: 'open',
          },
        ],
      },
    ]);
    expect(sent).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: 'group:default/ledger' },
        payload: {
          title: 'Database of ledger costs more than expected',
          description:
            'From 2026-04-08 to 2026-04-09 it came to $2,000.00, and $220.00 was to be expected.',
          link: `/costs/anomalies?anomaly=${items[0].id}`,
        },
      },
    ]);
    const { body } = await test.portal
      .get(`/anomalies/${items[0].id}`)
      .expect(200);
    expect(body).toMatchObject({
      mayJudge: true,
      comparedWith: { from: '2026-04-01', to: '2026-04-03' },
    });
    expect(body.causes[0]).toMatchObject({
      resourceId: 'traffic',
      before: '20',
      now: '1800',
      quantityNow: '180',
    });
    expect(body.days).toContainEqual({ date: '2026-04-08', amount: '1000' });
  });

  it('of long ago are there, and nobody is told of them', async () => {
    await imported(['2026-03-12']);
    await look();
    expect(await list()).toMatchObject({ items: [{ first: '2026-03-12' }] });
    expect(sent).toEqual([]);
  });

  it('are forgotten when the bill is restated, unless somebody said something of them', async () => {
    await imported([...spiked, '2026-04-20']);
    await look();
    const { items } = await list();
    expect(items.map(({ first }) => first)).toEqual([
      '2026-04-20',
      '2026-04-08',
    ]);
    await test.portal
      .put(`/anomalies/${items[0].id}/verdict`, {
        verdict: 'explained',
        reason: 'A load test',
      })
      .expect(200);
    await imported([]);
    await look();
    expect(await list()).toMatchObject({
      total: 1,
      items: [{ first: '2026-04-20', parts: [{ verdict: 'explained' }] }],
    });
  });

  it('are explained and opened again, and muted with those that come', async () => {
    await imported(spiked);
    await look();
    const [{ id }] = (await list()).items;
    const judge = (verdict: object) =>
      test.portal.put(`/anomalies/${id}/verdict`, verdict);
    const explained = { verdict: 'explained', reason: 'A load test' };
    const { body } = await judge(explained).expect(200);
    expect(body.parts).toMatchObject([
      { ...explained, judgedBy: 'user:default/amara' },
    ]);
    const { body: again } = await judge(explained).expect(200);
    expect(again).toEqual(body);
    expect((await judge({ verdict: 'open' })).body.parts).toMatchObject([
      { verdict: 'open', reason: null },
    ]);
    const until = dayOf(numberOf(today(Date.now())) + 30);
    await judge({ verdict: 'muted', reason: 'It is being moved', until });
    await imported([...spiked, '2026-04-22']);
    await look();
    expect((await list('?verdict=muted')).items).toMatchObject([
      {
        first: '2026-04-22',
        parts: [{ reason: 'It is being moved', mutedUntil: until }],
      },
      { first: '2026-04-08' },
    ]);
    expect((await list('?verdict=open')).total).toBe(0);
    expect(sent).toHaveLength(1);
    const audited = test.auditedAs('anomaly-judge');
    expect(audited).toHaveLength(4);
    expect(audited[0]).toMatchObject({
      meta: { by: 'user:default/amara', id },
      ended: {
        before: [{ id, verdict: 'open', reason: null }],
        after: [{ id, verdict: 'explained', reason: 'A load test' }],
      },
    });
  });

  it('are told once when several look, and later when they could not be told', async () => {
    await imported(spiked);
    await look(asOf, async () => {
      throw new Error('Nobody there');
    });
    expect(sent).toEqual([]);
    await Promise.all([look(), look(), look()]);
    expect(sent).toHaveLength(1);
    expect((await list()).total).toBe(1);
  });

  it('of what nobody owns are seen by who sees everything, and nobody is told', async () => {
    await imported(spiked, '{}');
    await look();
    expect(await list()).toMatchObject({
      items: [{ parts: [{ groupRef: null, title: null }] }],
    });
    expect(sent).toEqual([]);
    test.denied.add('costs.organisation.read');
    test.groups.push('group:default/ledger');
    expect((await list()).total).toBe(0);
  });

  it('are seen and judged by the owner and groups above', async () => {
    await imported(spiked);
    await look();
    const [{ id }] = (await list('?entityRef=Group:board')).items;
    const open = { verdict: 'open' };
    test.denied.add('costs.organisation.read').add('costs.anomaly.manage');
    await test.portal.get(`/anomalies/${id}`).expect(404);
    await test.portal.put(`/anomalies/${id}/verdict`, open).expect(404);
    test.groups.push('group:default/board');
    expect((await list()).total).toBe(1);
    await test.portal.put(`/anomalies/${id}/verdict`, open).expect(200);
    // Who sees everything does not therefore judge it.
    test.groups.length = 0;
    test.denied.delete('costs.organisation.read');
    const { body } = await test.portal.get(`/anomalies/${id}`).expect(200);
    expect(body.mayJudge).toBe(false);
    await test.portal.put(`/anomalies/${id}/verdict`, open).expect(403);
    // A service is of no group.
    test.groups.push('group:default/board');
    await test.portal
      .byService('put', `/anomalies/${id}/verdict`, open)
      .expect(403);
    test.denied.add('costs.anomaly.update');
    await test.portal.put(`/anomalies/${id}/verdict`, open).expect(403);
    test.denied.add('costs.read').add('costs.organisation.read');
    await test.portal.get('/anomalies').expect(403);
    await test.portal.get(`/anomalies/${id}`).expect(403);
  });

  describe('that began together', () => {
    /** Storage of one team and a database of two cost more on the same days. */
    const launched = () =>
      test.portal.import(
        bill(
          [
            ['Database', 'orders', 900],
            ['Storage', 'orders', 500],
            ['Database', 'basket', 700],
          ].flatMap(([service, component, spike]) =>
            daily(asOf, 110, day => ({
              ServiceName: String(service),
              ResourceId: `${service} of ${component}`,
              EffectiveCost: spiked.includes(day) ? String(spike) : '100',
              Tags: JSON.stringify({ component }),
            })),
          ),
        ),
      );

    it('are one, with the rows that caused them all, and each owner is told of theirs', async () => {
      await launched();
      await look();
      const { items, total } = await list();
      expect(total).toBe(1);
      const [{ id, parts }] = items;
      expect(items[0]).toMatchObject({ expected: '600', actual: '4200' });
      expect(parts.map(part => [part.service, part.title])).toEqual([
        ['Database', 'ledger'],
        ['Database', 'shop'],
        ['Storage', 'ledger'],
      ]);
      const { body } = await test.portal
        .get(`/anomalies/${parts[2].id}`)
        .expect(200);
      expect(body.id).toBe(id);
      expect(
        body.causes.map((cause: { resourceId: string }) => cause.resourceId),
      ).toEqual([
        'Database of orders',
        'Database of basket',
        'Storage of orders',
      ]);
      expect(body.days).toContainEqual({ date: '2026-04-08', amount: '2100' });
      expect(sent.map(({ payload }) => payload.title).sort()).toEqual([
        'Database and 1 more of ledger cost more than expected',
        'Database of shop costs more than expected',
      ]);
    });

    it('are seen and judged by each owner for their part', async () => {
      await launched();
      await look();
      const [{ id }] = (await list()).items;
      test.denied.add('costs.organisation.read').add('costs.anomaly.manage');
      test.groups.push('group:default/shop');
      expect((await list()).items).toMatchObject([
        { id, actual: '1400', parts: [{ title: 'shop' }] },
      ]);
      const { body } = await test.portal
        .put(`/anomalies/${id}/verdict`, {
          verdict: 'explained',
          reason: 'The launch',
        })
        .expect(200);
      expect(body.parts).toMatchObject([
        { title: 'shop', verdict: 'explained' },
      ]);
      test.denied.clear();
      expect((await list('?verdict=open')).items[0].parts).toMatchObject([
        { title: 'ledger' },
        { title: 'ledger' },
      ]);
    });
  });

  it.each([
    [{ verdict: 'explained' }, /reason/],
    [{ verdict: 'explained', reason: '  ' }, /say why/],
    [{ verdict: 'muted', reason: 'x' }, /until: say the day/],
    [{ verdict: 'muted', reason: 'x', until: '2001-01-01' }, /is not within/],
    [{ verdict: 'muted', reason: 'x', until: '2099-01-01' }, /is not within/],
    [{ verdict: 'muted', reason: 'x', until: '2027-02-30' }, /no day/],
    [{ verdict: 'fine', reason: 'x' }, /verdict/],
    [{ verdict: 'open', colour: 'red' }, /additional/],
  ])('refuse %j and say what is wrong', async (verdict, message) => {
    const id = randomUUID();
    await test.knex('anomalies').insert({
      id,
      event_id: id,
      service: 'Database',
      currency: 'USD',
      measure: 'EffectiveCost',
      first_day: '2026-04-08',
      last_day: '2026-04-09',
      expected: 1,
      actual: 100,
      score: 9,
    });
    const { body } = await test.portal
      .put(`/anomalies/${id}/verdict`, verdict)
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('have ids that are ids', async () => {
    expect((await test.portal.get('/anomalies/one')).status).toBe(400);
    await test.portal.get(`/anomalies/${randomUUID()}`).expect(404);
    await test.portal
      .put(`/anomalies/${randomUUID()}/verdict`, { verdict: 'open' })
      .expect(404);
    await test.portal.get('/anomalies?verdict=fine').expect(400);
    await test.portal.get('/anomalies?entityRef=board').expect(400);
  });
});
