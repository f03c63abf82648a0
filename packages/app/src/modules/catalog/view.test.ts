import { everything, narrowedBy, readView, writeView } from './view';

describe('the view of the catalog in the address', () => {
  it('is read as it was written', () => {
    const view = {
      kind: 'api',
      user: 'owned' as const,
      types: ['grpc'],
      owners: ['group:default/ledger', 'group:default/risk'],
      lifecycles: ['production'],
      tags: ['tier-1'],
      text: 'pay & settle',
      page: 3,
    };
    expect(readView(new URLSearchParams(writeView(view).toString()))).toEqual(
      view,
    );
  });

  it('is short when nothing is filtered', () => {
    expect(writeView(everything).toString()).toBe('');
  });

  it.each([
    ['filters[kind]=Component&filters[user]=owned', { user: 'owned' }],
    ['filters[type]=all', { types: [] }],
    ['filters[tags][]=a&filters[tags][]=b', { tags: ['a', 'b'] }],
    ['filters[tags]=a&filters[tags]=a', { tags: ['a'] }],
    ['page=-4', { page: 1 }],
    ['page=many', { page: 1 }],
    ['filters[user]=nobody', { user: 'all' }],
  ])('reads %s', (search, expected) => {
    expect(readView(new URLSearchParams(search))).toEqual({
      ...everything,
      ...expected,
    });
  });

  it('counts what narrows it, but not the kind', () => {
    expect(narrowedBy({ ...everything, kind: 'api', page: 2 })).toBe(0);
    expect(narrowedBy({ ...everything, text: 'a', tags: ['b', 'c'] })).toBe(2);
  });
});
