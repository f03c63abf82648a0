import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useRef } from 'react';
import { useAsyncList } from 'react-stately';
import {
  choiceFields,
  searchedFields,
  toChoice,
  type EntityChoice,
} from './entityChoice';

const pageSize = 20;
const typingPauseMs = 200;

/** Which entities can be chosen. */
export type EntityQuery = {
  kind: string;
  /** Their spec.type; all when left out. */
  type?: string;
  /** Only groups that this user is a member of, by entity reference. */
  member?: string;
};

/** Waits until the typing pauses; when it goes on, rejects, and nothing is asked. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, typingPauseMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/**
 * The entities that match what is typed, a page at a time, in the order of
 * their names.
 *
 * @param selectedText - the text of what is selected: while the input holds just
 *   that, nothing has been typed, and all entities are offered
 */
export function useEntityChoices(query: EntityQuery, selectedText?: string) {
  const catalog = useApi(catalogApiRef);
  const selected = useRef(selectedText);
  selected.current = selectedText;

  return useAsyncList<EntityChoice, string>({
    getKey: choice => choice.id,
    async load({ cursor, filterText = '', signal }) {
      if (filterText && !cursor) await pause(signal);
      const term = filterText === selected.current ? '' : filterText.trim();
      const { items, pageInfo } = await catalog.queryEntities(
        cursor
          ? { cursor, fields: choiceFields, limit: pageSize }
          : {
              filter: {
                kind: query.kind,
                ...(query.type && { 'spec.type': query.type }),
                ...(query.member && { 'relations.hasMember': query.member }),
              },
              fullTextFilter: term
                ? { term, fields: searchedFields }
                : undefined,
              orderFields: { field: 'metadata.name', order: 'asc' },
              fields: choiceFields,
              limit: pageSize,
            },
      );
      return { items: items.map(toChoice), cursor: pageInfo.nextCursor };
    },
  });
}
