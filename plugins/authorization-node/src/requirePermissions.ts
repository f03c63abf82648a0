import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';

/**
 * Requires every one of the permissions.
 *
 * @throws NotAllowedError that says what the caller may not do, and names the permissions they lack
 */
export async function requirePermissions(options: {
  permissions: PermissionsService;
  required: BasicPermission[];
  credentials: BackstageCredentials;
  /** What the caller wants, as in "You may not …". */
  purpose: string;
}): Promise<void> {
  const { permissions, required, credentials, purpose } = options;
  const decisions = await permissions.authorize(
    required.map(permission => ({ permission })),
    { credentials },
  );
  const lacking = required.filter(
    (_, index) => decisions[index].result !== AuthorizeResult.ALLOW,
  );
  if (lacking.length > 0) {
    throw new NotAllowedError(
      `You may not ${purpose}: that takes ${lacking
        .map(({ name }) => name)
        .join(' and ')}`,
    );
  }
}
