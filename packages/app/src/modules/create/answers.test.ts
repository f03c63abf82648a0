import { answersOf, refsIn } from './answers';
import { hasErrors, withoutChanged } from './formErrors';

const steps = [
  {
    title: 'The service',
    mergedSchema: {
      properties: {
        name: { title: 'Name' },
        public: { title: 'Open to all', type: 'boolean' },
        size: { enum: ['s', 'l'], enumNames: ['Small', 'Large'] },
        token: { title: 'Token', 'ui:field': 'Secret' },
        preview: { 'ui:backstage': { review: { show: false } } },
      },
    },
  },
  {
    title: 'Where it belongs',
    mergedSchema: { properties: { ownerGroup: {} } },
  },
];

describe('answersOf', () => {
  it('shows answers as a person reads them', () => {
    expect(
      answersOf(steps, {
        name: 'ledger',
        public: false,
        size: 'l',
        token: 'very secret',
        preview: null,
        ownerGroup: 'group:default/ledger',
      }),
    ).toEqual([
      {
        title: 'The service',
        step: 0,
        answers: [
          { label: 'Name', text: 'ledger' },
          { label: 'Open to all', text: 'No' },
          { label: 'Size', text: 'Large' },
          { label: 'Token', text: '••••••' },
        ],
      },
      {
        title: 'Where it belongs',
        step: 1,
        answers: [{ label: 'Owner Group', text: 'group:default/ledger' }],
      },
    ]);
  });

  it('says what was not given, and keeps what no step lists', () => {
    const [service, , further] = answersOf(steps, { extra: ['a', 'b'] });
    expect(service.answers[0]).toEqual({ label: 'Name', text: 'Not given' });
    expect(further).toMatchObject({
      title: 'Further answers',
      answers: [{ label: 'Extra', text: 'a, b' }],
    });
  });

  it('finds references to entities, and only those', () => {
    const answers = answersOf(steps, {
      name: 'https://example.com/a',
      ownerGroup: 'group:default/ledger',
    });
    expect(refsIn(answers)).toEqual(['group:default/ledger']);
  });
});

describe('errors of a form', () => {
  const errors = {
    name: { __errors: ['It is taken'], addError: () => undefined },
    owner: { __errors: [], addError: () => undefined },
  };

  it('stand in the way only when there are some', () => {
    expect(hasErrors(errors)).toBe(true);
    expect(hasErrors({ owner: errors.owner })).toBe(false);
    expect(hasErrors({ nested: { name: errors.name } })).toBe(true);
    expect(hasErrors(undefined)).toBe(false);
  });

  it('go when what they are about changes, and no sooner', () => {
    const before = { name: 'books', owner: 'ledger' };
    expect(
      withoutChanged(errors, before, { ...before, owner: 'risk' }),
    ).toEqual({ name: errors.name });
    expect(
      withoutChanged({ name: errors.name }, before, { name: 'book' }),
    ).toBeUndefined();
  });
});
