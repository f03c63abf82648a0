import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { hintsOf } from './hints';
import { isEmpty, pageSize, requestFor } from './request';
import { everything } from './view';

const mine = {
  owners: ['user:default/amara', 'group:default/ledger'],
  starred: ['component:default/card-vault'],
};

describe('what the catalog is asked for', () => {
  it('is one page of one kind when nothing is filtered', () => {
    const { query, offset, limit, fullTextFilter } = requestFor(
      { ...everything, page: 3 },
      mine,
    );
    expect(query).toEqual({ $all: [{ kind: 'component' }] });
    expect({ offset, limit }).toEqual({
      offset: 2 * pageSize,
      limit: pageSize,
    });
    expect(fullTextFilter).toBeUndefined();
  });

  it('joins filters, each with any of its values', () => {
    const { query } = requestFor(
      { ...everything, types: ['service'], tags: ['go', 'pci'] },
      mine,
    );
    expect(query).toEqual({
      $all: [
        { kind: 'component' },
        { 'spec.type': { $in: ['service'] } },
        { 'metadata.tags': { $in: ['go', 'pci'] } },
      ],
    });
  });

  it('is what my groups own, or what I starred', () => {
    expect(requestFor({ ...everything, user: 'owned' }, mine).query).toEqual({
      $all: [
        { kind: 'component' },
        { 'relations.ownedBy': { $in: mine.owners } },
      ],
    });
    expect(requestFor({ ...everything, user: 'starred' }, mine).query).toEqual({
      $all: [
        { kind: 'component' },
        {
          $any: [
            { 'metadata.namespace': 'default', 'metadata.name': 'card-vault' },
          ],
        },
      ],
    });
  });

  it('is nothing where nothing is starred', () => {
    const nobody = { owners: [], starred: [] };
    expect(isEmpty({ ...everything, user: 'starred' }, nobody)).toBe(true);
    expect(isEmpty({ ...everything, user: 'starred' }, mine)).toBe(false);
    expect(isEmpty(everything, nobody)).toBe(false);
  });
});

describe('hintsOf', () => {
  const component = (part: Partial<AlphaEntity>): AlphaEntity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'ledger' },
    ...part,
  });

  it('says nothing of a component with docs', () => {
    expect(
      hintsOf(
        component({
          metadata: {
            name: 'ledger',
            annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
          },
        }),
      ),
    ).toEqual([]);
  });

  it('asks only components for docs', () => {
    expect(hintsOf(component({})).map(({ text }) => text)).toEqual(['No docs']);
    expect(hintsOf(component({ kind: 'Resource' }))).toEqual([]);
  });

  it('puts an error first, with what it says', () => {
    const [first] = hintsOf(
      component({
        status: {
          items: [{ type: 't', level: 'error', message: 'no such owner' }],
        },
      }),
    );
    expect(first).toEqual({ text: 'Error', why: 'no such owner', tone: 'bad' });
  });
});
