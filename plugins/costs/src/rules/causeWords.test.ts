import type { Cause, Rule } from '@waymark/plugin-costs-common';
import { conditionsOf, reasonOf, remedyOf, ruleFor } from './causeWords';

const cause = (given: Partial<Cause>): Cause => ({
  cause: null,
  currency: 'USD',
  amount: '10',
  resources: 3,
  ...(given.cause ? {} : { serviceName: 'Compute', isTagged: false }),
  ...given,
});

const sharing = (given: object = {}): Rule => ({
  id: 'support',
  title: 'Support is everybody’s',
  by: 'share',
  split: 'use',
  ...given,
});

describe('what is shared among nobody', () => {
  const shared = cause({ cause: 'rule=support' });

  it('is told as what it is, and leads to no rule beside the one that shares it', () => {
    expect(reasonOf(shared, [sharing()])).toBe(
      '“Support is everybody’s” shares it out, and there is nobody to bear a part',
    );
    expect(ruleFor(shared)).toBeUndefined();
    expect(conditionsOf(shared)).toEqual([
      { name: 'cause', value: 'rule=support' },
    ]);
  });

  it.each<[string, Rule[], RegExp]>([
    ['all who use something', [sharing()], /^Nobody has costs of their own/],
    [
      'some of them',
      [sharing({ among: ['group:default/ledger'] })],
      /^None of those among whom it is shared has costs/,
    ],
    [
      'fixed shares',
      [sharing({ split: 'fixed', shares: { 'group:default/gone': '1' } })],
      /^None of those whom it names is in the catalog/,
    ],
    [
      'even parts',
      [sharing({ split: 'even', among: ['group:default/gone'] })],
      /^None of those whom it names is in the catalog/,
    ],
    ['a rule that is gone', [], /^The rule was changed since/],
  ])('has a remedy that fits %s', (_, rules, remedy) => {
    expect(remedyOf(shared, rules)).toMatch(remedy);
  });
});

describe('remedies', () => {
  it.each<[string, Partial<Cause>, RegExp]>([
    ['a resource without tags', {}, /^Tag it at the provider\.$/],
    ['other tags', { isTagged: true }, /^Add a tag that a rule looks at/],
    ['a credit', { amount: '-10', resources: 0 }, /^A credit: providers/],
    ['no resource', { resources: 0 }, /^It is of no resource/],
    ['a wrong name', { cause: 'Tags/team=paymets' }, /^Correct it at/],
    ['somebody gone', { cause: 'entity=group:default/b' }, /^Change the rule/],
  ])('fit %s', (_, given, remedy) => {
    expect(remedyOf(cause(given), [])).toMatch(remedy);
  });
});

describe('conditions', () => {
  it('choose what a cause is about, and nothing beside it of the same service', () => {
    expect(conditionsOf(cause({ isTagged: true }))).toEqual([
      { name: 'cause', value: 'tagged' },
      { name: 'ServiceName', value: 'Compute' },
    ]);
    expect(conditionsOf(cause({ serviceName: null }))).toEqual([
      { name: 'cause', value: 'untagged' },
      { name: 'ServiceName', value: '' },
    ]);
    expect(ruleFor(cause({}))).toMatchObject({
      where: 'ServiceName=Compute',
      entityRef: '',
    });
  });
});
