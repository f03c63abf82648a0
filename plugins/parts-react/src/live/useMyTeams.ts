import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { useLive, type Live } from './useLive';

/**
 * The teams that the signed-in person is a direct member of, by reference.
 *
 * @param channel - the channel of the signals after which to look again
 */
export function useMyTeams(channel: string): Live<string[]> {
  const identity = useApi(identityApiRef);
  const catalog = useApi(catalogApiRef);
  const ask = useCallback(async (): Promise<string[]> => {
    const { userEntityRef } = await identity.getBackstageIdentity();
    const user = await catalog.getEntityByRef(userEntityRef);
    return (user?.relations ?? [])
      .filter(relation => relation.type === RELATION_MEMBER_OF)
      .map(relation => relation.targetRef);
  }, [identity, catalog]);
  return useLive(ask, channel);
}
