import { createPermission } from '@backstage/plugin-permission-common';

/** Reading the repositories that the portal keeps: their list, their files, and cloning them. */
export const repositoryReadPermission = createPermission({
  name: 'repositories.repository.read',
  attributes: { action: 'read' },
});

/** All permissions of the repositories plugin. */
export const repositoryPermissions = [repositoryReadPermission];
