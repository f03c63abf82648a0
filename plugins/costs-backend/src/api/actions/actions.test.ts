import { randomUUID } from 'node:crypto';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { entity } from '../../__testUtils__/entities';
import { usePortal } from '../../__testUtils__/usePortal';

const entities = [entity('Group', 'ledger')];
const test = usePortal(entities);
beforeEach(() => catalogSays(test.knex, entities));

const march = { from: '2026-03-01', to: '2026-04-01' };
const february = { beforeFrom: '2026-02-01', beforeTo: '2026-03-01' };
const id = randomUUID();
const budget = {
  id,
  version: 0,
  entityRef: 'group:default/ledger',
  period: 'month',
  currency: 'USD',
  amount: '100',
  thresholds: [],
};

/** What each role lacks; nobody is of the owning group but who manages. */
const roles = {
  nobody: [
    'costs.read',
    'costs.organisation.read',
    'costs.budget.read',
    'costs.budget.update',
    'costs.budget.manage',
    'costs.anomaly.update',
    'costs.anomaly.manage',
  ],
  viewer: [
    'costs.organisation.read',
    'costs.budget.update',
    'costs.budget.manage',
    'costs.anomaly.update',
    'costs.anomaly.manage',
  ],
  'platform engineer': [],
};

describe.each<[string, object, [number, number, number]]>([
  ['get-totals', march, [403, 200, 200]],
  ['get-changes', { ...march, ...february }, [403, 200, 200]],
  ['get-forecast', {}, [403, 200, 200]],
  ['list-budgets', {}, [403, 200, 200]],
  ['list-anomalies', {}, [403, 200, 200]],
  ['get-anomaly', { id }, [403, 404, 404]],
  ['set-budget', budget, [403, 403, 200]],
  ['end-budget', { id, version: 1 }, [403, 403, 404]],
  ['judge-anomaly', { id, verdict: 'open' }, [403, 403, 404]],
])('%s', (action, input, statuses) => {
  it.each(Object.keys(roles).map((role, index) => [role, statuses[index]]))(
    'of a %s',
    async (role, status) => {
      for (const name of roles[role as keyof typeof roles]) {
        test.denied.add(name);
      }
      const answer = await test.portal.invoke(action, input);
      expect(answer.status).toBe(status);
    },
  );
});

it('answer what the API answers', async () => {
  await test.portal.import(bill([{ BilledCost: '5.0000000001' }]));
  const { body } = await test.portal.invoke('get-totals', march);
  expect(body.output.totals).toEqual([
    { currency: 'USD', amount: '5.0000000001' },
  ]);
  const { body: changed } = await test.portal.invoke('get-changes', {
    ...march,
    ...february,
  });
  expect(changed.output.totals).toMatchObject([
    { before: '0', now: '5.0000000001' },
  ]);
});

it.each([
  ['get-totals', { ...march, from: '2026-02-30' }],
  ['get-totals', { ...march, measure: 'Costs' }],
  ['set-budget', { ...budget, amount: '-1' }],
  ['set-budget', { ...budget, id: 'one' }],
  ['judge-anomaly', { id, verdict: 'fine' }],
])('%s refuses %j', async (action, input) => {
  expect((await test.portal.invoke(action, input)).status).toBe(400);
});
