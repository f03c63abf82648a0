import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useAsyncList } from 'react-stately';

/** A part of the organisation as one line of a list. */
export type ScopeChoice = { id: string; textValue: string };

/** Stands for the whole organisation. */
export const everything: ScopeChoice = { id: 'any', textValue: 'Everything' };

const pageSize = 20;

const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
];

/**
 * The components, systems, domains and groups that match what is typed, a page
 * at a time.
 *
 * @param shown - the text of what is chosen: while the input holds just that,
 *   nothing has been typed
 */
export function useScopeChoices(shown: string) {
  const catalog = useApi(catalogApiRef);
  return useAsyncList<ScopeChoice, string>({
    getKey: choice => choice.id,
    async load({ cursor, filterText = '' }) {
      const term = filterText === shown ? '' : filterText.trim();
      const { items, pageInfo } = await catalog.queryEntities(
        cursor
          ? { cursor, fields, limit: pageSize }
          : {
              filter: { kind: ['component', 'system', 'domain', 'group'] },
              fullTextFilter: term
                ? {
                    term,
                    fields: [
                      'metadata.name',
                      'metadata.title',
                      'spec.profile.displayName',
                    ],
                  }
                : undefined,
              orderFields: { field: 'metadata.name', order: 'asc' },
              fields,
              limit: pageSize,
            },
      );
      const choices = items.map(entity => ({
        id: stringifyEntityRef(entity),
        textValue: `${
          entity.metadata.title ?? entity.metadata.name
        } (${entity.kind.toLowerCase()})`,
      }));
      return {
        items: cursor || term ? choices : [everything, ...choices],
        cursor: pageInfo.nextCursor,
      };
    },
  });
}
