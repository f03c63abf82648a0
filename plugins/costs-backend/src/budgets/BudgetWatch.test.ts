import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { randomUUID } from 'node:crypto';
import { bill } from '../__testUtils__/bill';
import { catalogSays } from '../__testUtils__/catalog';
import { daily } from '../__testUtils__/days';
import { entity } from '../__testUtils__/entities';
import { usePortal } from '../__testUtils__/usePortal';
import { BudgetMeasurer } from './BudgetMeasurer';
import { BudgetStore } from './BudgetStore';
import { BudgetWatch } from './BudgetWatch';

const entities = [
  entity('Group', 'ledger'),
  entity('Component', 'orders', { ownedBy: 'group:default/ledger' }),
];
const test = usePortal(entities);
const sent: NotificationSendOptions[] = [];
const id = randomUUID();

const watch = (
  send = async (one: NotificationSendOptions) => void sent.push(one),
) =>
  new BudgetWatch({
    store: new BudgetStore(test.knex),
    measurer: new BudgetMeasurer(test.knex),
    notifications: { send },
    logger: mockServices.logger.mock(),
  });

/** Ten a day until the day before. */
const billedUntil = (before: string, days: number) =>
  test.portal.import(
    bill(
      daily(before, days, () => ({
        BilledCost: '10',
        Tags: '{"component":"orders"}',
      })),
    ),
  );

const set = (more: object = {}) =>
  test.portal
    .put(`/budgets/${id}`, {
      version: 0,
      entityRef: 'component:default/orders',
      period: 'month',
      currency: 'USD',
      measure: 'BilledCost',
      amount: '250',
      thresholds: [
        { basis: 'actual', percent: 50 },
        { basis: 'actual', percent: 80 },
        { basis: 'forecast', percent: 100 },
      ],
      ...more,
    })
    .expect(200);

const titles = () => sent.map(({ payload }) => payload.title);

beforeEach(async () => {
  sent.length = 0;
  await catalogSays(test.knex, entities);
});

it('tells the owner once of each threshold in each period', async () => {
  await set();
  await billedUntil('2026-03-06', 64);
  await watch().look('2026-03-06');
  await watch().look('2026-03-06');
  expect(sent).toMatchObject([
    {
      recipients: { type: 'entity', entityRef: 'group:default/ledger' },
      payload: {
        title: 'orders is expected to reach 100 % of its budget of 2026-03',
        description:
          '$50.00 of $250.00 are billed until 2026-03-05. By its end it is expected to be $310.00.',
        link: '/costs/budgets?entityRef=component%3Adefault%2Forders',
        severity: 'normal',
      },
    },
  ]);
  await billedUntil('2026-03-22', 80);
  await watch().look('2026-03-22');
  // Of two at once the higher is told, and the lower is not told later.
  await watch().look('2026-03-22');
  expect(titles().slice(1)).toEqual([
    'orders has spent 80 % of its budget of 2026-03',
  ]);
  await billedUntil('2026-04-15', 104);
  await watch().look('2026-04-15');
  expect(titles().slice(2)).toEqual([
    'orders has spent 50 % of its budget of 2026-04',
  ]);
});

it('tells anew of another amount', async () => {
  await set();
  await billedUntil('2026-03-22', 80);
  await watch().look('2026-03-22');
  await set({ version: 1, amount: '260' });
  await watch().look('2026-03-22');
  expect(sent).toHaveLength(2);
});

it('tells once when several look at the same time', async () => {
  await set();
  await billedUntil('2026-03-22', 80);
  await Promise.all([
    watch().look('2026-03-22'),
    watch().look('2026-03-22'),
    watch().look('2026-03-22'),
  ]);
  expect(sent).toHaveLength(1);
});

it('tells later what could not be told', async () => {
  await set();
  await billedUntil('2026-03-22', 80);
  await watch(async () => {
    throw new Error('Nobody there');
  }).look('2026-03-22');
  expect(sent).toEqual([]);
  await watch().look('2026-03-22');
  expect(sent).toHaveLength(1);
});

it('tells nothing of what is not known, nor of what nobody owns', async () => {
  await set({ thresholds: [{ basis: 'forecast', percent: 1 }] });
  await watch().look('2026-03-22');
  await billedUntil('2026-03-22', 10);
  await watch().look('2026-03-22');
  expect(sent).toEqual([]);
  await billedUntil('2026-03-22', 80);
  await catalogSays(test.knex, []);
  await watch().look('2026-03-22');
  expect(sent).toEqual([]);
});
