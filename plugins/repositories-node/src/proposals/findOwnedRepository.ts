import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RepositoryHost } from '../RepositoryHost';
import { repositoryOf } from '../repositoryOf';

/**
 * The repository of a component to which the caller may propose changes,
 * because one of their teams owns it.
 *
 * @param options.purpose - what the owners are to be asked for, such as `migrate it`
 * @throws NotFoundError when the catalog has no such component
 * @throws NotAllowedError when it is of other teams
 * @throws InputError when it lies on another host than the portal's
 */
export async function findOwnedRepository(options: {
  component: string;
  purpose: string;
  credentials: BackstageCredentials;
  host: Pick<RepositoryHost, 'urlsFor'>;
  catalog: CatalogService;
  userInfo: UserInfoService;
}): Promise<{ entity: Entity; repository: string }> {
  const { component, purpose, credentials, host, catalog, userInfo } = options;
  const entity = await catalog.getEntityByRef(parseEntityRef(component), {
    credentials,
  });
  if (!entity) {
    throw new NotFoundError(`The catalog has no entity ${component}`);
  }
  const ref = stringifyEntityRef(entity);
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  const owned = entity.relations?.some(
    ({ type, targetRef }) =>
      type === RELATION_OWNED_BY && ownershipEntityRefs.includes(targetRef),
  );
  if (!owned) {
    throw new NotAllowedError(
      `${ref} is not of your teams; ask those who own it to ${purpose}`,
    );
  }
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const repository = repositoryOf(host, location);
  if (!repository) {
    throw new InputError(
      `${ref} does not lie on the repository host of this portal, so nothing can be proposed to it`,
    );
  }
  return { entity, repository };
}
