import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useStarredEntities,
} from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { isEmpty, requestFor, type Mine } from './request';
import type { CatalogView, Choice } from './view';

/** One value of a filter, and how many entities have it. */
export type Offer = { value: string; label: string; count: number };

/** What can be chosen from. */
export type Offers = { kinds: Offer[] } & Record<Choice, Offer[]>;

const facets: Record<Choice, string> = {
  types: 'spec.type',
  owners: 'relations.ownedBy',
  lifecycles: 'spec.lifecycle',
  tags: 'metadata.tags',
};

/** In the order in which people look for them; others follow. */
const kindOrder = [
  'component',
  'api',
  'system',
  'domain',
  'resource',
  'template',
  'group',
  'user',
];

function placeOf(kind: string): number {
  const place = kindOrder.indexOf(kind);
  return place < 0 ? kindOrder.length : place;
}

/** Titles of owners are asked for only this many at once. */
const namedOwners = 500;

function nameOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName ?? entity.metadata.title ?? entity.metadata.name;
}

/** The values of every filter among the entities of a kind. */
export function useOffers(kind: string): Offers | undefined {
  const catalog = useApi(catalogApiRef);
  const kinds = useAsync(async () => {
    const answer = await catalog.getEntityFacets({ facets: ['kind'] });
    return answer.facets.kind
      .map(({ value, count }) => ({
        value: value.toLocaleLowerCase('en-US'),
        label: value,
        count,
      }))
      .sort((a, b) => placeOf(a.value) - placeOf(b.value));
  }, [catalog]);

  const rest = useAsync(async () => {
    const answer = await catalog.getEntityFacets({
      filter: { kind },
      facets: Object.values(facets),
    });
    const offersOf = (choice: Choice): Offer[] =>
      (answer.facets[facets[choice]] ?? []).map(({ value, count }) => ({
        value,
        label: value,
        count,
      }));
    const owners = offersOf('owners');
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: owners.slice(0, namedOwners).map(({ value }) => value),
      fields: ['kind', 'metadata', 'spec.profile'],
    });
    const names = new Map(
      items.flatMap(item =>
        item ? [[stringifyEntityRef(item), nameOf(item)]] : [],
      ),
    );
    return {
      types: offersOf('types'),
      lifecycles: offersOf('lifecycles'),
      tags: offersOf('tags'),
      owners: owners
        .map(owner => ({
          ...owner,
          label: names.get(owner.value) ?? owner.value,
        }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    };
  }, [catalog, kind]);

  return useMemo(
    () =>
      kinds.value && rest.value
        ? { kinds: kinds.value, ...rest.value }
        : undefined,
    [kinds.value, rest.value],
  );
}

/** The entities of one page of the view, and how many there are in all. */
export function useCatalogPage(view: CatalogView) {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  const { starredEntities } = useStarredEntities();
  // Only the view of starred ones changes when a star does.
  const starred =
    view.user === 'starred' ? [...starredEntities].sort().join(' ') : '';
  const asked = JSON.stringify(view);

  return useAsyncRetry(async () => {
    const wanted = JSON.parse(asked) as CatalogView;
    const mine: Mine = {
      owners:
        wanted.user === 'owned'
          ? (await identity.getBackstageIdentity()).ownershipEntityRefs
          : [],
      starred: starred ? starred.split(' ') : [],
    };
    if (isEmpty(wanted, mine)) return { items: [], totalItems: 0 };
    const { items, totalItems } = await catalog.queryEntities(
      requestFor(wanted, mine),
    );
    return { items, totalItems };
  }, [catalog, identity, asked, starred]);
}
