import { sum } from '@waymark/plugin-costs-common';
import { emptied } from '@waymark/plugin-testing-node';
import fc from 'fast-check';
import { bill } from '../__testUtils__/bill';
import { usePortal, usd } from '../__testUtils__/usePortal';

const test = usePortal();
const ecb = 'European Central Bank';

const put = (path: string, rate: string, source = ecb) =>
  test.portal.put(`/exchange-rates/${path}`, { rate, source });

const take = (lines: string[], source?: string) =>
  test.portal.post('/exchange-rates', {
    csv: ['from,to,day,rate,source', ...lines].join('\n'),
    ...(source ? { source } : {}),
  });

const charge = (day: string, BilledCost: string, BillingCurrency = 'EUR') => ({
  ChargePeriodStart: day,
  ChargePeriodEnd: '2026-04-01',
  BilledCost,
  EffectiveCost: '0.5',
  BillingCurrency,
});

describe('the table', () => {
  it('keeps rates with their source, until the next one or 31 days', async () => {
    await put('EUR/USD/2026-01-01', '1.10').expect(200);
    await put('EUR/USD/2026-01-16', '1.20').expect(200);
    await put('GBP/USD/2026-01-01', '1.3').expect(200);
    const { body } = await test.portal
      .get('/exchange-rates?from=EUR&to=USD&limit=10')
      .expect(200);
    expect(body.total).toBe(2);
    expect(body.items).toMatchObject([
      {
        day: '2026-01-16',
        holdsUntil: '2026-02-16',
        rate: '1.2',
        source: ecb,
        setBy: 'user:default/amara',
      },
      { day: '2026-01-01', holdsUntil: '2026-01-16', rate: '1.1' },
    ]);
    const { body: second } = await test.portal
      .get('/exchange-rates?limit=1&offset=1')
      .expect(200);
    expect(second.items).toHaveLength(1);
    expect(second.total).toBe(3);
  });

  it('writes down who changed what', async () => {
    await put('EUR/USD/2026-01-01', '1.10').expect(200);
    await put('EUR/USD/2026-01-01', '1.2', 'contract').expect(200);
    await test.portal.delete('/exchange-rates/EUR/USD/2026-01-01').expect(204);
    await test.portal.delete('/exchange-rates/EUR/USD/2026-01-01').expect(404);
    expect(test.audited).toMatchObject([
      { eventId: 'exchange-rate-set', ended: { before: null } },
      {
        eventId: 'exchange-rate-set',
        ended: {
          before: { rate: '1.1', source: ecb },
          after: { rate: '1.2', source: 'contract' },
        },
      },
      {
        eventId: 'exchange-rate-remove',
        ended: { before: { rate: '1.2', source: 'contract' }, after: null },
      },
      { eventId: 'exchange-rate-remove', failed: 'NotFoundError' },
    ]);
  });

  it('takes a file whole, and says what is new', async () => {
    const lines = [
      'EUR,USD,2026-01-01,1.1,"ECB, daily"',
      'GBP,USD,2026-01-01,1.3,',
    ];
    const { body } = await take(lines, 'BoE').expect(200);
    expect(body).toEqual({ added: 2, changed: 0, unchanged: 0 });
    const { body: again } = await take(
      [lines[0], 'GBP,USD,2026-01-01,1.31,', ''],
      'BoE',
    ).expect(200);
    expect(again).toEqual({ added: 0, changed: 1, unchanged: 1 });
    const { body: page } = await test.portal.get('/exchange-rates');
    expect(page.items).toMatchObject([
      { from: 'EUR', source: 'ECB, daily' },
      { from: 'GBP', rate: '1.31', source: 'BoE' },
    ]);
  });

  it.each([
    [['EUR,USD,2026-01-01,1.1,a', 'EUR,USD,2026-02-30,1,a'], /line 3.*no day/],
    [['EUR,EUR,2026-01-01,1,a'], /line 2: from and to are both EUR/],
    [['eur,USD,2026-01-01,1,a'], /line 2: from: "eur" is no currency/],
    [['EUR,USD,2026-01-01,1e3,a'], /line 2: rate: "1e3"/],
    [['EUR,USD,2026-01-01,0.00,a'], /line 2: rate: "0.00"/],
    [['EUR,USD,2026-01-01,-1,a'], /line 2: rate: "-1"/],
    [['EUR,USD,2026-01-01,1,'], /line 2: source must say/],
    [
      ['EUR,USD,2026-01-01,1,a', 'EUR,USD,2026-01-01,2,a'],
      /line 3: there are two/,
    ],
    [['EUR,USD,2026-01-01,1,"a'], /line 2: a quotation mark/],
    [['EUR,USD,2026-01-01,1,a "b"'], /line 2: a quotation mark/],
    // As many blanks as a file may have, which may stand before or after a value.
    [[`EUR${' '.repeat(79_000)}"`], /line 2: a quotation mark/],
    [['EUR,USD,1.1.2026,1,a'], /line 2: day/],
    [[''], /no rate/],
  ])('refuses %j, and takes nothing of it', async (lines, message) => {
    const { body } = await take(lines).expect(400);
    expect(body.error.message).toMatch(message);
    const { body: page } = await test.portal.get('/exchange-rates');
    expect(page.total).toBe(0);
  });

  it.each([
    ['EUR/USD/2026-02-30', { rate: '1', source: 'a' }, /no day/],
    ['EUR/EUR/2026-01-01', { rate: '1', source: 'a' }, /both EUR/],
    ['EURO/USD/2026-01-01', { rate: '1', source: 'a' }, /from/],
    ['EUR/USD/2026-01-01', { rate: 1, source: 'a' }, /rate/],
    ['EUR/USD/2026-01-01', { rate: '0', source: 'a' }, /above 0/],
    ['EUR/USD/2026-01-01', { rate: '1', source: ' ' }, /source/],
    ['EUR/USD/2026-01-01', { rate: '1' }, /source/],
    [
      'EUR/USD/2026-01-01',
      { rate: '1', source: 'a', by: 'me' },
      /by|additional/,
    ],
  ])('refuses a rate %s of %j', async (path, order, message) => {
    const { body } = await test.portal
      .put(`/exchange-rates/${path}`, order)
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('says which columns a file lacks, and that there is a limit', async () => {
    const { body } = await test.portal
      .post('/exchange-rates', { csv: 'from,to,rate\nEUR,USD,1' })
      .expect(400);
    expect(body.error.message).toMatch(/line 1: the header lacks day/);
    const { body: open } = await test.portal
      .post('/exchange-rates', { csv: 'from,to,"day,rate\nEUR,USD,1' })
      .expect(400);
    expect(open.error.message).toMatch(/line 1: a quotation mark/);
    await test.portal
      .post('/exchange-rates', { csv: 'x'.repeat(80_001) })
      .expect(400);
    await test.portal.get('/exchange-rates?limit=201').expect(400);
  });

  it('asks for permissions', async () => {
    test.denied.add('costs.rates.update');
    await put('EUR/USD/2026-01-01', '1.1').expect(403);
    await take(['EUR,USD,2026-01-01,1,a']).expect(403);
    await test.portal.delete('/exchange-rates/EUR/USD/2026-01-01').expect(403);
    await test.portal.get('/exchange-rates').expect(200);
    test.denied.add('costs.read');
    await test.portal.get('/exchange-rates').expect(403);
    await test.portal.anonymous('/exchange-rates').expect(401);
    expect(test.audited).toMatchObject([
      { failed: 'NotAllowedError' },
      { failed: 'NotAllowedError' },
      { failed: 'NotAllowedError' },
    ]);
  });
});

describe('totals in another currency', () => {
  it('are of the rate of each day, and tell which', async () => {
    await take([
      'EUR,USD,2026-03-01,1.10,ECB',
      'EUR,USD,2026-03-03,1.25,ECB',
      // Neither the other way round nor by a third currency.
      'USD,GBP,2026-03-01,0.8,ECB',
    ]);
    await test.portal.import(
      bill([
        charge('2026-03-02', '10.0000000001'),
        charge('2026-03-03', '4'),
        charge('2026-03-05', '-1'),
        charge('2026-03-05', '7', 'USD'),
        charge('2026-03-05', '3', 'GBP'),
      ]),
    );
    const answer = await test.portal.totals({ currency: 'USD' });
    expect(answer.totals).toEqual([
      { currency: 'GBP', amount: '3' },
      { currency: 'USD', amount: '21.75000000011' },
    ]);
    expect(answer.conversion).toEqual({
      currency: 'USD',
      rates: [
        {
          from: 'EUR',
          day: '2026-03-01',
          rate: '1.1',
          source: 'ECB',
          first: '2026-03-02',
          last: '2026-03-02',
          amount: '10.0000000001',
          converted: '11.00000000011',
        },
        {
          from: 'EUR',
          day: '2026-03-03',
          rate: '1.25',
          source: 'ECB',
          first: '2026-03-03',
          last: '2026-03-05',
          amount: '3',
          converted: '3.75',
        },
      ],
      missing: [
        {
          from: 'GBP',
          first: '2026-03-05',
          last: '2026-03-05',
          days: 1,
          amount: '3',
        },
      ],
    });
    // The four costs are converted apart from each other.
    const effective = await test.portal.totals({
      currency: 'USD',
      measure: 'EffectiveCost',
      filter: 'BillingCurrency=EUR',
    });
    expect(effective.totals).toEqual(usd('1.8'));
    expect((await test.portal.totals()).conversion).toBeUndefined();
  });

  it('are not guessed where no rate holds', async () => {
    await take(['EUR,USD,2026-01-15,1.1,ECB']);
    await test.portal.import(
      bill(
        ['2026-01-14', '2026-01-15', '2026-02-14', '2026-02-15'].map(day =>
          charge(day, '1'),
        ),
      ),
    );
    const { totals, conversion } = await test.portal.totals({
      currency: 'USD',
      interval: 'month',
    });
    expect(totals).toEqual([
      { currency: 'EUR', amount: '2' },
      { currency: 'USD', amount: '2.2' },
    ]);
    expect(conversion?.missing).toEqual([
      {
        from: 'EUR',
        first: '2026-01-14',
        last: '2026-02-15',
        days: 2,
        amount: '2',
      },
    ]);
  });

  it.each(['usd', 'DOLLAR', 'U'])('refuse %s', async currency => {
    const { body } = await test.portal
      .get(`/totals?from=2026-01-01&to=2026-02-01&currency=${currency}`)
      .expect(400);
    expect(body.error.message).toMatch(/currency/);
  });
});

/** So many of the last decimal place, as a decimal number. */
const decimalOf = (units: bigint, places: number) => {
  const digits = (units < 0n ? -units : units)
    .toString()
    .padStart(places + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(
    -places,
  )}`;
};
const dayOf = (day: number) =>
  new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);

it('is what whole numbers come to, whatever the rates and amounts are', async () => {
  const days = fc.integer({ min: 0, max: 89 });
  // Handed in once, as that takes longer than to ask.
  const [billed] = fc.sample(
    fc.array(
      fc.record({
        currency: fc.constantFrom('EUR', 'GBP', 'USD'),
        day: days,
        units: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
        service: fc.constantFrom('a', 'b', 'c'),
      }),
      { minLength: 200, maxLength: 200 },
    ),
    1,
  );
  await test.portal.import(
    bill(
      billed.map(({ currency, day, units, service }) => ({
        ...charge(dayOf(day), decimalOf(units, 10), currency),
        ServiceName: service,
      })),
    ),
  );
  const tables = fc.uniqueArray(
    fc.record({
      from: fc.constantFrom('EUR', 'GBP'),
      day: days,
      units: fc.bigInt({ min: 1n, max: 10n ** 20n }),
    }),
    {
      selector: ({ from, day }) => `${from} ${day}`,
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(tables, async rates => {
      await emptied(test.knex, { only: ['exchange_rates'] });
      await take(
        rates.map(
          ({ from, day, units }) =>
            `${from},USD,${dayOf(day)},${decimalOf(units, 18)},test`,
        ),
      ).expect(200);
      const expected = new Map<string, string[]>();
      for (const { currency, day, units, service } of billed) {
        const held = rates
          .filter(({ from, day: since }) => from === currency && since <= day)
          .sort((one, other) => other.day - one.day)
          .find(({ day: since }) => day - since < 31);
        const isDollar = currency === 'USD';
        const key = `${service} ${held || isDollar ? 'USD' : currency}`;
        const amount = held
          ? decimalOf(units * held.units, 28)
          : decimalOf(units, 10);
        expected.set(key, [...(expected.get(key) ?? []), amount]);
      }
      const { items } = await test.portal.totals({
        currency: 'USD',
        groupBy: 'ServiceName',
      });
      const found = items.map(
        ({ key, currency, amount }) => [`${key} ${currency}`, amount] as const,
      );
      expect(new Map(found)).toEqual(
        new Map([...expected].map(([key, amounts]) => [key, sum(amounts)])),
      );
    }),
    { numRuns: 20 },
  );
});
