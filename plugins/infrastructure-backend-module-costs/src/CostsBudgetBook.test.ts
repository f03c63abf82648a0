import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CostsBillBook } from './CostsBillBook';
import { CostsBudgetBook } from './CostsBudgetBook';
import { CostsReach } from './CostsReach';

/** The costs plugin, as it answers over HTTP. */
let server: http.Server;
let answer: { status: number; body: object };
let asked: { path: string; authorization?: string }[];
let now = 0;

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => new Promise(resolve => server.close(resolve)));

const budget = (given: object, outlook: object = { expected: '640.50' }) => ({
  period: 'month',
  currency: 'USD',
  amount: '1000.5',
  status: { spent: '400.25', outlook },
  ...given,
});

const reach = () => {
  const { port } = server.address() as AddressInfo;
  return new CostsReach({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async pluginId => `http://127.0.0.1:${port}/api/${pluginId}`,
    }),
  });
};

const book = () =>
  new CostsBudgetBook({
    reach: reach(),
    credentials: async () => mockCredentials.service(),
    now: () => now,
  });

const says = (...items: object[]) => {
  answer = { status: 200, body: { items, total: items.length } };
};

it('is the monthly budget in US dollars, and what its month comes to', async () => {
  says(
    budget({ period: 'year', amount: '9' }),
    budget({ currency: 'EUR', amount: '8' }),
    budget({}),
  );
  expect(await book().of('group:default/ledger')).toEqual({
    limit: 1000.5,
    expected: 640.5,
    isForecast: true,
  });
  expect(asked).toEqual([
    {
      path: '/api/costs/budgets?entityRef=group%3Adefault%2Fledger&limit=50',
      authorization: expect.stringMatching(/^Bearer ./),
    },
  ]);
});

it('counts what is billed where there is no forecast', async () => {
  says(budget({}, { expected: null }));
  expect(await book().of('group:default/ledger')).toMatchObject({
    expected: 400.25,
    isForecast: false,
  });
});

it('is none where none is set', async () => {
  says();
  expect(await book().of('group:default/ledger')).toBeUndefined();
});

it('fails when it cannot be read, and asks again the next time', async () => {
  answer = { status: 503, body: { error: { name: 'E', message: 'Starting' } } };
  const one = book();
  await expect(one.of('group:default/ledger')).rejects.toThrow(/503/);
  says(budget({}));
  expect(await one.of('group:default/ledger')).toMatchObject({ limit: 1000.5 });
});

it('is kept for a moment, since a form asks at every key', async () => {
  says(budget({}));
  const one = book();
  await one.of('group:default/ledger');
  await one.of('group:default/ledger');
  expect(asked).toHaveLength(1);
  await one.of('group:default/storefront');
  expect(asked).toHaveLength(2);
  now += 60_000;
  await one.of('group:default/ledger');
  expect(asked).toHaveLength(3);
});

describe('what resources were used for', () => {
  const question = {
    from: '2026-10-01',
    to: '2026-11-01',
    credentials: mockCredentials.user('user:default/amara'),
  };

  it('is said of those that are billed, in US dollars, whatever they are called', async () => {
    says(
      { key: 'resource:default/a,b', currency: 'USD', amount: '12.5' },
      { key: 'resource:default/c', currency: 'EUR', amount: '3' },
    );
    expect(
      await new CostsBillBook(reach()).used({
        ...question,
        entityRefs: ['resource:default/a,b', 'resource:default/c'],
      }),
    ).toEqual(new Map([['resource:default/a,b', 12.5]]));
    const query = new URL(asked[0].path, 'http://costs').searchParams;
    expect(query.get('filter')).toBe(
      'entity=resource%3Adefault%2Fa%2Cb,entity=resource%3Adefault%2Fc',
    );
    expect(query.get('measure')).toBe('EffectiveCost');
  });

  it('is asked in parts that an address has room for', async () => {
    says();
    await new CostsBillBook(reach()).used({
      ...question,
      entityRefs: Array.from(
        { length: 65 },
        (_, index) => `resource:default/thing-${index}`,
      ),
    });
    expect(asked).toHaveLength(3);
  });

  it('fails when it cannot be read', async () => {
    answer = { status: 500, body: {} };
    await expect(
      new CostsBillBook(reach()).used({
        ...question,
        entityRefs: ['resource:default/a'],
      }),
    ).rejects.toThrow(/500/);
  });
});
