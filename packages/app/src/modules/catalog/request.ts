import type { QueryEntitiesInitialRequest } from '@backstage/catalog-client';
import { parseEntityRef } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import type { CatalogView } from './view';

/** How many entities a page of the catalog holds. */
export const pageSize = 50;

/** Whose entities are "mine", and which are starred. */
export type Mine = { owners: string[]; starred: string[] };

const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations',
  'metadata.tags',
  'spec.type',
  'spec.lifecycle',
  'spec.profile',
  'relations',
  'status',
];

const searchedFields = [
  'metadata.name',
  'metadata.title',
  'metadata.description',
  'metadata.tags',
  'spec.profile.displayName',
];

/** A filter that holds only when values are chosen. */
function when(values: string[], filter: FilterPredicate): FilterPredicate[] {
  return values.length > 0 ? [filter] : [];
}

function personal(view: CatalogView, mine: Mine): FilterPredicate[] {
  if (view.user === 'owned') {
    return [{ 'relations.ownedBy': { $in: mine.owners } }];
  }
  if (view.user === 'starred') {
    return [
      {
        $any: mine.starred.map(ref => {
          const { namespace, name } = parseEntityRef(ref);
          return { 'metadata.namespace': namespace, 'metadata.name': name };
        }),
      },
    ];
  }
  return [];
}

/** What to ask the catalog for, so that it shows a page of the view. */
export function requestFor(
  view: CatalogView,
  mine: Mine,
): QueryEntitiesInitialRequest {
  const text = view.text.trim();
  return {
    query: {
      $all: [
        { kind: view.kind },
        ...when(view.types, { 'spec.type': { $in: view.types } }),
        ...when(view.owners, { 'relations.ownedBy': { $in: view.owners } }),
        ...when(view.lifecycles, {
          'spec.lifecycle': { $in: view.lifecycles },
        }),
        ...when(view.tags, { 'metadata.tags': { $in: view.tags } }),
        ...personal(view, mine),
      ],
    },
    ...(text && { fullTextFilter: { term: text, fields: searchedFields } }),
    fields,
    orderFields: [
      { field: 'metadata.name', order: 'asc' },
      { field: 'metadata.namespace', order: 'asc' },
    ],
    limit: pageSize,
    offset: (view.page - 1) * pageSize,
  };
}

/** Whether nothing can be in the view, whatever the catalog holds. */
export function isEmpty(view: CatalogView, mine: Mine): boolean {
  return (
    (view.user === 'owned' && mine.owners.length === 0) ||
    (view.user === 'starred' && mine.starred.length === 0)
  );
}
