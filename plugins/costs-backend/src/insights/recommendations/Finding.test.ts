import { books, line, managed } from '../../__testUtils__/lines';
import { findingsOf } from './Finding';
import type { Line } from './Line';
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

describe('is the same one', () => {
  const withLines = (about: Found['about'], ...lines: Line[]) =>
    found(undefined, 'oversized', { about, lines }).fingerprint;
  const storage = { ...database, sku: 'Storage', service: 'Storage' };
  const whole = {
    line: 'a-rule aws USD arn:orders-db BoxUsage:m7g.large',
    resource: 'a-rule aws USD arn:orders-db',
    entity: 'a-rule aws USD resource:default/orders-db',
    group: 'a-rule aws USD group:default/ledger Compute',
  };

  it.each(['line', 'resource', 'entity', 'group'] as const)(
    'for its %s',
    about => {
      expect(withLines(about, database)).toBe(whole[about]);
    },
  );

  it('with other lines beside it, and when another of them is the dearest', () => {
    expect(withLines('resource', database, storage)).toBe(whole.resource);
    expect(withLines('resource', storage)).toBe(whole.resource);
    const replica = { ...storage, resourceId: 'arn:replica' };
    expect(withLines('entity', database, replica)).toBe(whole.entity);
    expect(withLines('entity', replica)).toBe(whole.entity);
  });

  it('when somebody else owns it, or it is told otherwise', () => {
    const moved = {
      ...database,
      entityRef: null,
      groupRef: null,
      service: 'EC2',
      resourceName: 'new',
    };
    expect(withLines('line', moved)).toBe(whole.line);
    expect(withLines('resource', moved)).toBe(whole.resource);
  });

  it('as the dearest of several of it', () => {
    const dear = { ...database, cost: [300, 0, 0] as [number, number, number] };
    const twice: Rule = {
      ...ruleOf({}, 'idle'),
      find: () =>
        [dear, database].flatMap(one =>
          ruleOf({ lines: [one] }, 'idle').find(books([one])),
        ),
    };
    expect(findingsOf([twice], books([]))).toMatchObject([{ cost: '300.00' }]);
  });
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
