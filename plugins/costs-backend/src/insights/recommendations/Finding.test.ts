import { books, line, managed } from '../../__testUtils__/lines';
import { findingsOf } from './Finding';
import type { Found, Rule } from './Rule';

const database = line({
  entityRef: 'resource:default/orders-db',
  resourceId: 'arn:orders-db',
});

const ruleOf = (found: Partial<Found>, kind: Rule['kind']): Rule => ({
  id: 'a-rule',
  kind,
  effort: 'low',
  find: () => [
    {
      lines: [database],
      title: 'Make it smaller',
      why: 'It is large.',
      low: 10.006,
      high: 20,
      about: 'resource',
      ...found,
    },
  ],
});

const found = (
  resource: Parameters<typeof managed>[0] | undefined,
  kind: Rule['kind'] = 'oversized',
  given: Partial<Found> = {},
) =>
  findingsOf(
    [ruleOf(given, kind)],
    books(
      [database],
      resource ? { [database.entityRef!]: managed(resource) } : {},
    ),
  )[0];

it('is told of 30 days, to the cent, with its charges', () => {
  expect(found(undefined)).toMatchObject({
    from: '2026-04-01',
    to: '2026-04-30',
    cost: '100.00',
    low: '10.01',
    high: '20.00',
    withheld: null,
    subject: { resourceId: 'arn:orders-db' },
    evidence: [{ resourceName: 'orders', days: 30, cost: '100.00' }],
  });
});

it('leads to the form filled in, to the resource, or to the charges', () => {
  const { id } = managed();
  const change = found({}, 'oversized', { change: { size: 'small' } }).link;
  expect(change).toEqual({
    kind: 'change',
    path: `/infrastructure/offerings/rds-instance/request?resource=${id}&reason=Make+it+smaller&parameters.size=small`,
  });
  expect(found({}, 'idle').link).toEqual({
    kind: 'release',
    path: `/infrastructure/resources/${id}`,
  });
  expect(found(undefined).link).toEqual({
    kind: 'explore',
    path: '/costs/explorer?period=3-months&groupBy=SkuId&filter=ResourceId%3Darn%3Aorders-db',
  });
  expect(found({}, 'commitment', { about: 'group' }).link.path).toContain(
    'group%3Dgroup%3Adefault%2Fledger%2CServiceName%3DCompute',
  );
});

it.each([
  ['2026-04-12T08:00:00.000Z', 'ready', /changed on 2026-04-12/],
  ['2026-05-02T08:00:00.000Z', 'ready', /changed on 2026-05-02/],
  ['2026-01-02T08:00:00.000Z', 'changing', /under way/],
])('is withheld when it was changed at %s and is %s', (at, state, reason) => {
  expect(found({ changedAt: at, state }).withheld).toMatch(reason);
});

it('is not withheld for what changed before, nor when it is about a whole group', () => {
  expect(found({ changedAt: '2026-03-31T08:00:00.000Z' }).withheld).toBeNull();
  expect(
    found({ state: 'changing' }, 'commitment', { about: 'group' }).withheld,
  ).toBeNull();
});
