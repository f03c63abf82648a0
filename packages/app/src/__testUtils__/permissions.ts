import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionApi } from '@backstage/plugin-permission-react';

/** Answers as the policy does for somebody who holds just these permissions. */
export function permissionsOf(...held: string[]): PermissionApi {
  return {
    authorize: async ({ permission }) => ({
      result: held.includes(permission.name)
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
    }),
  };
}
