import { mockServices } from '@backstage/backend-test-utils';
import type {
  BillingMonth,
  BillSource,
  FocusRow,
} from '@waymark/plugin-costs-node';
import { usePortal, usd } from '../__testUtils__/usePortal';
import { FileStore } from './FileStore';
import { ImportStore } from './ImportStore';
import { monthsToAsk, SourceWatch } from './SourceWatch';

const test = usePortal();
const logger = mockServices.logger.mock();
const { signal } = new AbortController();

const row = (month: BillingMonth, cost: string): FocusRow => ({
  BilledCost: '0',
  EffectiveCost: cost,
  ListCost: cost,
  ContractedCost: cost,
  BillingCurrency: 'USD',
  BillingPeriodStart: month.start.toISOString(),
  BillingPeriodEnd: month.end.toISOString(),
  ChargePeriodStart: month.start.toISOString(),
  ChargePeriodEnd: month.until.toISOString(),
  ChargeCategory: 'Usage',
  ServiceName: 'Kubernetes',
  ResourceName: 'a "quoted", one',
  Tags: '{"kubernetes-namespace":"payments"}',
});

/** A source that says the same costs of each month it is asked for. */
class CountingSource implements BillSource {
  readonly asked: string[] = [];

  constructor(readonly source: string, readonly costs: string[]) {}

  async *rows(month: BillingMonth) {
    this.asked.push(
      `${month.start.toISOString().slice(0, 10)} ${month.until
        .toISOString()
        .slice(0, 10)}`,
    );
    for (const cost of this.costs) {
      if (cost === 'away') throw new Error('It is away');
      yield row(month, cost);
    }
  }
}

/** A source that says what each day came to, as long as it remembers. */
class DailySource implements BillSource {
  readonly source = 'opencost';
  readonly days: Record<string, string>;

  constructor(days: Record<string, string>) {
    this.days = days;
  }

  async *rows(month: BillingMonth) {
    for (const [day, cost] of Object.entries(this.days)) {
      const start = new Date(day);
      yield {
        ...row(month, cost),
        ChargePeriodStart: start.toISOString(),
        ChargePeriodEnd: new Date(start.getTime() + 86_400_000).toISOString(),
      };
    }
  }
}

const watch = (...sources: BillSource[]) =>
  new SourceWatch({
    sources,
    knex: test.knex,
    imports: new ImportStore(test.knex, 'test'),
    files: new FileStore(test.portal.directory, Infinity),
    logger,
    onAdded: () => {},
  });

const imports = () =>
  test
    .knex('imports')
    .orderBy('number')
    .select('source', 'filename', 'created_by', 'id');

it('asks for the month that runs, and early in it for the last one as well', () => {
  const asked = (now: string) =>
    monthsToAsk(new Date(now)).map(({ start, end, until }) =>
      [start, end, until].map(one => one.toISOString().slice(0, 10)),
    );
  expect(asked('2026-03-20T10:00:00Z')).toEqual([
    ['2026-03-01', '2026-04-01', '2026-03-20'],
  ]);
  expect(asked('2026-01-02T00:30:00Z')).toEqual([
    ['2025-12-01', '2026-01-01', '2026-01-01'],
    ['2026-01-01', '2026-02-01', '2026-01-02'],
  ]);
  // Nothing of the month is over yet.
  expect(asked('2026-01-01T23:00:00Z')).toEqual([
    ['2025-12-01', '2026-01-01', '2026-01-01'],
  ]);
});

it('has what a source says imported like a file, and only when it says something new', async () => {
  const source = new CountingSource('opencost', ['1.25', '0.0000000001']);
  const now = new Date('2026-03-20T10:00:00Z');
  await watch(source).look(now, signal);
  await watch(source).look(now, signal);
  const [first, ...others] = await imports();
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    source: 'opencost',
    filename: '2026-03.csv',
    created_by: 'source:opencost',
  });
  // The portal takes up files when it is told of one.
  await test.portal.import('no bill');
  expect((await test.portal.until(first.id)).state).toBe('done');
  const asked = { measure: 'EffectiveCost' };
  expect((await test.portal.totals(asked)).totals).toEqual(usd('1.2500000001'));
  expect((await test.portal.totals()).totals).toEqual(usd('0'));
  const { items } = await test.portal.totals({
    ...asked,
    groupBy: 'ResourceName',
  });
  expect(items).toMatchObject([{ key: 'a "quoted", one' }]);

  source.costs.push('1');
  await watch(source).look(now, signal);
  expect(await imports()).toHaveLength(3);
});

describe('a source that forgets the first days of a month', () => {
  const now = new Date('2026-03-20T10:00:00Z');
  /** What counts by day when the newest file is read. */
  const looked = async (source: BillSource) => {
    await watch(source).look(now, signal);
    const { id } = (await imports()).at(-1)!;
    // The portal takes up files when it is told of one.
    await test.portal.import('no bill', { source: 'none' });
    expect((await test.portal.until(id)).state).toBe('done');
    const { items } = await test.portal.totals({
      measure: 'EffectiveCost',
      groupBy: 'ResourceName',
      filter: 'Tags/kubernetes-namespace=payments',
      interval: 'day',
    });
    return items.flatMap(({ key, parts = [] }) =>
      parts.map(({ date, amount }) => [key, date, amount]),
    );
  };
  const daily = {
    '2026-03-02': '10',
    '2026-03-01': '10.0000000001',
    '2026-03-03': '10',
  };
  const name = 'a "quoted", one';

  it('leaves them as they are stored, and what is cut off in the middle of a day', async () => {
    await looked(new DailySource(daily));
    const forgetful = new DailySource({
      '2026-03-02': '4',
      '2026-03-03': '9',
      '2026-03-04': '10',
    });
    const whole = [
      [name, '2026-03-01', '10.0000000001'],
      [name, '2026-03-02', '10'],
      [name, '2026-03-03', '9'],
      [name, '2026-03-04', '10'],
    ];
    expect(await looked(forgetful)).toEqual(whole);
    const before = (await imports()).length;
    await watch(forgetful).look(now, signal);
    expect(await imports()).toHaveLength(before);
    expect(
      await looked(new DailySource({ '2026-03-01': '3', '2026-03-02': '11' })),
    ).toEqual([
      [name, '2026-03-01', '10.0000000001'],
      [name, '2026-03-02', '11'],
    ]);
  });

  it('is none when its charges are of more than a day, and it may take them back', async () => {
    await looked(new CountingSource('opencost', ['10', '2']));
    expect(await looked(new CountingSource('opencost', ['4']))).toEqual([
      [name, '2026-03-01', '4'],
    ]);
  });
});

it('leaves nothing of a source that is away half-way, and asks the others', async () => {
  await watch(
    new CountingSource('broken', ['1', 'away']),
    new CountingSource('silent', []),
    new CountingSource('fine', ['2']),
  ).look(new Date('2026-03-20T10:00:00Z'), signal);
  expect((await imports()).map(({ source }) => source)).toEqual(['fine']);
  expect(logger.warn).toHaveBeenCalledWith(
    expect.stringMatching(/broken could not be fetched.*It is away/),
  );
});
