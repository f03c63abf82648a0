import type { Rule } from '@waymark/plugin-costs-common';
import { changesOf, idOf, moved, put, without } from './draft';
import { formOf, problemsOf, ruleOf } from './form';
import { bearerText, whereText } from './ruleWords';

const rule = (id: string): Rule => ({
  id,
  title: id.toUpperCase(),
  by: 'entity',
  entityRef: `group:default/${id}`,
});
const rules = ['a', 'b', 'c'].map(rule);
const ids = (all: Rule[]) => all.map(({ id }) => id).join('');

const every: Rule[] = [
  {
    id: 'name',
    title: 'By tag',
    by: 'name',
    value: 'Tags/team',
    kind: 'group',
    where: 'ServiceName=A%2C B,ServiceName=C,RegionId=',
  },
  {
    id: 'annotation',
    title: 'By id',
    by: 'annotation',
    value: 'ResourceId',
    annotation: 'waymark.io/bill-resource-ids',
  },
  {
    id: 'map',
    title: 'By account',
    by: 'map',
    value: 'SubAccountId',
    entities: { '123': 'group:default/a', '456': 'system:default/shop' },
  },
  rule('a'),
  { id: 'use', title: 'Use', by: 'share', split: 'use' },
  {
    id: 'even',
    title: 'Even',
    by: 'share',
    split: 'even',
    among: ['group:default/a', 'group:default/b'],
  },
  {
    id: 'fixed',
    title: 'Fixed',
    by: 'share',
    split: 'fixed',
    shares: { 'group:default/a': '1', 'group:default/b': '2.5' },
  },
];

describe('a draft', () => {
  it('is put in another order, added to, changed and thinned', () => {
    expect(ids(moved(rules, 0, 1))).toBe('bac');
    expect(ids(moved(rules, 2, 0))).toBe('cab');
    expect(ids(put(rules, rule('d')))).toBe('abcd');
    expect(ids(put(rules, rule('d'), 1))).toBe('adc');
    expect(ids(without(rules, 1))).toBe('ac');
  });

  it('tells what was done to the rules', () => {
    expect(changesOf(rules, rules)).toEqual([]);
    expect(changesOf(rules, moved(rules, 0, 2))).toEqual(['Changed the order']);
    expect(
      changesOf(rules, [
        { ...rule('b'), title: 'Other' },
        rule('a'),
        rule('d'),
      ]),
    ).toEqual([
      'Added “D”',
      'Removed “C”',
      'Changed “Other”',
      'Changed the order',
    ]);
  });

  it('names new rules as no other is called', () => {
    expect(idOf('Tax is everybody’s', [])).toBe('tax-is-everybody-s');
    expect(idOf('Tax', ['tax', 'tax-2'])).toBe('tax-3');
    expect(idOf('税', [])).toBe('rule');
  });
});

describe('the fields of a rule', () => {
  it.each(every)('hold it as it is: $title', one => {
    expect(problemsOf(formOf(one))).toEqual({});
    expect(ruleOf(formOf(one), one.id)).toEqual(one);
  });

  it('say what is wrong where it is wrong', () => {
    const wrong = (change: object) =>
      Object.keys(problemsOf({ ...formOf(rule('a')), ...change }));
    expect(wrong({ title: ' ' })).toEqual(['title']);
    expect(wrong({ entityRef: undefined })).toEqual(['entityRef']);
    expect(wrong({ where: 'ServiceName' })).toEqual(['where']);
    expect(wrong({ where: 'Price=3' })).toEqual(['where']);
    expect(wrong({ by: 'name', value: 'BilledCost' })).toEqual(['value']);
    expect(wrong({ by: 'annotation' })).toEqual(['annotation']);
    expect(wrong({ by: 'map', entities: [] })).toEqual(['entities']);
    expect(
      wrong({ by: 'map', entities: [{ ref: undefined, text: '1' }] }),
    ).toEqual(['entities']);
    expect(
      wrong({
        by: 'share',
        split: 'fixed',
        shares: [{ ref: 'group:a', text: '0.0' }],
      }),
    ).toEqual(['shares']);
    // What another kind of rule has is not looked at.
    expect(wrong({ by: 'share', entityRef: undefined })).toEqual([]);
  });
});

it('rules are said in words', () => {
  expect(every.map(bearerText)).toEqual([
    'To the group that “Tag team” names',
    'To the entity whose waymark.io/bill-resource-ids has the “Resource id”',
    'By “SubAccountId”: 123 to a and 456 to shop',
    'To a',
    'Shared by what each uses between all who have costs of their own',
    'Shared evenly between a and b',
    'Shared by fixed shares between a (1) and b (2.5)',
  ]);
  expect(whereText(every[0])).toBe(
    'Only where Service is A, B or C, and RegionId is Not said',
  );
});
