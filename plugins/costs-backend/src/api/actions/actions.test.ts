import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { bill } from '../../__testUtils__/bill';
import { catalogSays } from '../../__testUtils__/catalog';
import { entity } from '../../__testUtils__/entities';
import { usePortal } from '../../__testUtils__/usePortal';
import { until } from '@waymark/plugin-testing-node';

const entities = [entity('Group', 'ledger')];
const test = usePortal(entities);
beforeEach(() => catalogSays(test.knex, entities));

const march = { from: '2026-03-01', to: '2026-04-01' };
const february = { beforeFrom: '2026-02-01', beforeTo: '2026-03-01' };
const id = randomUUID();
const ledger = 'group:default/ledger';
const values = {
  unit: 'requests',
  entityRef: ledger,
  title: 'request',
  values: [{ date: '2026-03-02', value: 7 }],
};
const budget = {
  id,
  version: 0,
  entityRef: ledger,
  period: 'month',
  currency: 'USD',
  amount: '100',
  thresholds: [],
};

const pair = { from: 'EUR', to: 'USD', day: '2026-03-01' };
const rate = { ...pair, rate: '1.0825', source: 'ECB' };
const rates = 'from,to,day,rate,source\nEUR,USD,2026-03-01,1.0825,ECB';

const rules = { rules: [], from: '2026-03-01', to: '2026-04-01' };
/** Somebody else changed the rules since. */
const stale = { ...rules, basedOn: 'no-such-rules' };

const twice = { signal: 'logs', service: 'no such service' };

/** What each role lacks; nobody is of the owning group but who manages. */
const roles = {
  nobody: [
    'costs.read',
    'costs.organisation.read',
    'costs.import.create',
    'costs.rates.update',
    'costs.rules.update',
    'costs.budget.read',
    'costs.budget.update',
    'costs.budget.manage',
    'costs.anomaly.update',
    'costs.anomaly.manage',
    'costs.recommendation.update',
    'costs.recommendation.manage',
    'costs.unit.update',
    'costs.unit.manage',
  ],
  viewer: [
    'costs.organisation.read',
    'costs.import.create',
    'costs.rates.update',
    'costs.rules.update',
    'costs.budget.update',
    'costs.budget.manage',
    'costs.anomaly.update',
    'costs.anomaly.manage',
    'costs.recommendation.update',
    'costs.recommendation.manage',
    'costs.unit.update',
    'costs.unit.manage',
  ],
  'platform engineer': [],
};

describe.each<[string, object, [number, number, number]]>([
  ['get-totals', march, [403, 200, 200]],
  ['list-unallocated', march, [403, 403, 200]],
  ['list-imports', {}, [403, 403, 200]],
  ['get-import', { id }, [403, 403, 404]],
  ['cancel-import', { id }, [403, 403, 404]],
  ['withdraw-import', { id, reason: 'Wrong' }, [403, 403, 404]],
  ['list-bills', {}, [403, 403, 200]],
  ['get-rules', {}, [403, 403, 200]],
  ['preview-rules', rules, [403, 403, 200]],
  ['set-rules', stale, [403, 403, 409]],
  ['list-reallocations', {}, [403, 403, 200]],
  ['get-reallocation', { id }, [403, 403, 404]],
  ['get-changes', { ...march, ...february }, [403, 200, 200]],
  ['get-forecast', {}, [403, 200, 200]],
  ['list-budgets', {}, [403, 200, 200]],
  ['list-exchange-rates', {}, [403, 200, 200]],
  ['set-exchange-rate', rate, [403, 403, 200]],
  ['remove-exchange-rate', pair, [403, 403, 404]],
  ['import-exchange-rates', { csv: rates }, [403, 403, 200]],
  ['list-anomalies', {}, [403, 200, 200]],
  ['get-anomaly', { id }, [403, 404, 404]],
  ['get-signal-rules', {}, [403, 200, 200]],
  ['set-signal-rules', { items: [twice, twice] }, [403, 403, 400]],
  ['list-recommendations', {}, [403, 200, 200]],
  ['get-recommendation', { id }, [403, 404, 404]],
  ['get-unit-costs', { entityRef: ledger }, [403, 200, 200]],
  ['put-unit-values', values, [403, 403, 200]],
  ['set-budget', budget, [403, 403, 200]],
  ['end-budget', { id, version: 1 }, [403, 403, 404]],
  ['judge-anomaly', { id, verdict: 'open' }, [403, 403, 404]],
  ['judge-recommendation', { id, verdict: 'open' }, [403, 403, 404]],
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

it('say which cost is meant when none is named, and are all in the reference', async () => {
  const { body } = await test.portal.actions().expect(200);
  const actions: {
    name: string;
    schema: {
      input: { properties?: { measure?: { description: string } } };
    };
  }[] = body.actions;
  const absent = actions.flatMap(({ name, schema }) => {
    const said = schema.input.properties?.measure?.description;
    return said ? [[name, said.match(/(\w+) when absent/)?.[1]]] : [];
  });
  expect(Object.fromEntries(absent)).toEqual({
    'get-totals': 'BilledCost',
    'list-unallocated': 'BilledCost',
    'preview-rules': 'BilledCost',
    'set-rules': 'BilledCost',
    'get-changes': 'BilledCost',
    'get-forecast': 'BilledCost',
    'get-unit-costs': 'EffectiveCost',
    'set-budget': 'EffectiveCost',
  });
  const reference = await fs.readFile(
    resolvePackagePath(
      '@waymark/plugin-costs-backend',
      '../../docs/reference/costs.md',
    ),
    'utf8',
  );
  const [, told] = reference.split(/^## Actions$/m);
  const named = [...told.split(/^## /m)[0].matchAll(/^\| `([a-z-]+)`/gm)];
  expect(named.map(([, name]) => name).sort()).toEqual(
    actions.map(({ name }) => name).sort(),
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

it('put rules in force, and follow what comes of them', async () => {
  await test.portal.import(bill([{ BilledCost: '5' }]));
  const theirs = {
    id: 'all',
    title: 'All is theirs',
    by: 'entity',
    entityRef: ledger,
  };
  const order = { ...rules, rules: [theirs] };
  const { body: tried } = await test.portal.invoke('preview-rules', order);
  expect(tried.output).toMatchObject({ bills: 1, changes: 2 });
  const { body: asked } = await test.portal.invoke('set-rules', order);
  const done = await until(
    async () =>
      (
        await test.portal.invoke('get-reallocation', {
          id: asked.output.reallocation.id,
        })
      ).body.output.reallocation,
    ({ state }) => state === 'done',
  );
  expect(done.change).toEqual(tried.output);
  const { body: now } = await test.portal.invoke('get-rules', {});
  expect(now.output).toMatchObject({
    rules: [theirs],
    changedBy: 'user:default/amara',
  });
  const { body: bills } = await test.portal.invoke('list-bills', {});
  expect(bills.output.items).toMatchObject([{ totals: { BilledCost: '5' } }]);
  const { body: imports } = await test.portal.invoke('list-imports', {});
  const { body: one } = await test.portal.invoke('get-import', {
    id: imports.output.items[0].id,
  });
  expect(one.output.import).toMatchObject({ report: { rows: 1 } });
});

it.each([
  ['set-rules', { ...rules, rules: [{ id: 'a', title: 'A', by: 'magic' }] }],
  ['set-rules', { ...rules, from: '2026-02-30' }],
  [
    'preview-rules',
    {
      ...rules,
      rules: [{ id: 'a', title: 'A', by: 'entity', entityRef: 'group:b' }],
    },
  ],
  ['get-totals', { ...march, from: '2026-02-30' }],
  ['get-totals', { ...march, measure: 'Costs' }],
  ['set-budget', { ...budget, amount: '-1' }],
  ['set-budget', { ...budget, id: 'one' }],
  ['set-exchange-rate', { ...rate, rate: '0' }],
  ['import-exchange-rates', { csv: 'EUR,USD,2026-03-01,1' }],
  ['judge-anomaly', { id, verdict: 'fine' }],
  ['withdraw-import', { id, reason: ' ' }],
  ['judge-recommendation', { id, verdict: 'fine' }],
  ['put-unit-values', { ...values, unit: 'Requests a day' }],
  ['put-unit-values', { ...values, unit: 'deployments' }],
  [
    'put-unit-values',
    { ...values, values: [{ date: '2026-03-02', value: 1.1e15 }] },
  ],
  ['get-unit-costs', { entityRef: 'domain:default/shop' }],
])('%s refuses %j', async (action, input) => {
  expect((await test.portal.invoke(action, input)).status).toBe(400);
});
