import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RepositoryHost } from '../RepositoryHost';
import { claimOf, openRepositoryOf, type OwnRepository } from './catalogFile';

/**
 * Opens the repository of a component to which the caller may propose changes,
 * because one of their teams owns it. Whoever opened the copy closes it.
 *
 * @param options.purpose - what the owners are to be asked for, such as `migrate it`
 * @throws NotFoundError when the catalog has no such component
 * @throws NotAllowedError when it is of other teams
 * @throws InputError when it lies on another host than the portal's, or on another branch
 * @throws ConflictError when the repository does not say so itself
 */
export async function openOwnedRepository(options: {
  component: string;
  purpose: string;
  credentials: BackstageCredentials;
  host: Pick<RepositoryHost, 'open' | 'urlsFor'>;
  catalog: CatalogService;
  userInfo: UserInfoService;
}): Promise<OwnRepository> {
  const { component, purpose, credentials, host, catalog, userInfo } = options;
  const entity = await catalog.getEntityByRef(parseEntityRef(component), {
    credentials,
  });
  if (!entity) {
    throw new NotFoundError(`The catalog has no entity ${component}`);
  }
  const claim = claimOf(entity);
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  if (!claim.owners.some(owner => ownershipEntityRefs.includes(owner))) {
    throw new NotAllowedError(
      `${claim.ref} is not of your teams; ask those who own it to ${purpose}`,
    );
  }
  return openRepositoryOf(host, claim);
}
