import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';

/**
 * What a caller owns by: groups, and a person themselves. A service is a member
 * of nothing, and has what it is let by permissions alone; asked about one, the
 * service of Backstage fails.
 */
export async function groupsOf(
  userInfo: UserInfoService,
  credentials: BackstageCredentials,
): Promise<string[]> {
  const { principal } = credentials;
  const isPerson =
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal;
  if (!isPerson) return [];
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  return ownershipEntityRefs;
}
