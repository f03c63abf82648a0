import type { Entity } from '@backstage/catalog-model';
import { relationSections, relationSentence } from './sections';

const NONE = { consumers: [], ownedByTeams: [] };

function entityWith(relations: Record<string, string[]>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    relations: Object.entries(relations).flatMap(([type, refs]) =>
      refs.map(targetRef => ({ type, targetRef })),
    ),
  };
}

const nameOf = (ref: string) => ref.split('/')[1];

describe('relationSections', () => {
  it('leaves out what an entity has none of', () => {
    expect(relationSections(entityWith({}), NONE)).toEqual([]);
  });

  it('separates the parts of a system by kind, components first', () => {
    const sections = relationSections(
      entityWith({
        hasPart: ['api:default/a', 'resource:default/r', 'component:default/c'],
      }),
      NONE,
    );

    expect(sections.map(({ title, refs }) => [title, refs])).toEqual([
      ['Components', ['component:default/c']],
      ['APIs', ['api:default/a']],
      ['Resources', ['resource:default/r']],
    ]);
  });

  it('names an entity once, though it is owned by a person and their team', () => {
    const [section] = relationSections(
      entityWith({ ownerOf: ['component:default/c'] }),
      { ...NONE, ownedByTeams: ['component:default/c', 'component:default/d'] },
    );

    expect(section.title).toBe('Components owned');
    expect(section.refs).toEqual([
      'component:default/c',
      'component:default/d',
    ]);
  });
});

describe('relationSentence', () => {
  it('names few and counts many', () => {
    const sections = relationSections(
      entityWith({
        providesApi: ['api:default/a1', 'api:default/a2', 'api:default/a3'],
        dependsOn: ['resource:default/orders-db'],
      }),
      {
        ...NONE,
        consumers: ['component:default/web', 'component:default/app'],
      },
    );

    expect(relationSentence(sections, nameOf)).toBe(
      'Provides 3 APIs; depends on orders-db; is used by web and app.',
    );
  });

  it('says one thing of all parts', () => {
    const sections = relationSections(
      entityWith({ hasPart: ['component:default/c', 'api:default/a'] }),
      NONE,
    );

    expect(relationSentence(sections, nameOf)).toBe('Is made of c and a.');
  });

  it('says nothing of nothing', () => {
    expect(relationSentence([], nameOf)).toBe('');
  });
});
