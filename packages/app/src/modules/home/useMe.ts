import {
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** A team that somebody is a direct member of. */
export type Team = { ref: string; title: string; href: string };

/** Who is signed in, as their home page needs to know them. */
export type Me = {
  /** What to call them: "Amara". */
  givenName: string;
  teams: Team[];
  /** References of what they own through: themselves and their direct teams. */
  owners: string[];
};

/** The address of an entity's page. */
export function entityHref(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `/catalog/${namespace}/${kind.toLowerCase()}/${name}`;
}

/**
 * Reads the signed-in person and their direct teams. The teams above those own
 * what many people look after; "mine" on a Monday morning is nearer than that.
 */
export function useMe() {
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);

  return useAsyncRetry(async (): Promise<Me> => {
    const [{ userEntityRef }, profile] = await Promise.all([
      identityApi.getBackstageIdentity(),
      identityApi.getProfileInfo(),
    ]);
    const user = await catalogApi.getEntityByRef(userEntityRef);
    const teamRefs = (user?.relations ?? [])
      .filter(relation => relation.type === RELATION_MEMBER_OF)
      .map(relation => relation.targetRef);
    const { items } = teamRefs.length
      ? await catalogApi.getEntitiesByRefs({
          entityRefs: teamRefs,
          fields: ['kind', 'metadata', 'spec.profile'],
        })
      : { items: [] };
    const teams = items.flatMap((team): Team[] => {
      if (!team) return [];
      const ref = stringifyEntityRef(team);
      const { displayName } = (team.spec?.profile ?? {}) as {
        displayName?: string;
      };
      return [
        {
          ref,
          title: displayName ?? team.metadata.title ?? team.metadata.name,
          href: entityHref(ref),
        },
      ];
    });
    const name = profile.displayName ?? parseEntityRef(userEntityRef).name;
    return {
      givenName: name.split(' ')[0],
      teams,
      owners: [userEntityRef, ...teamRefs],
    };
  }, [identityApi, catalogApi]);
}
