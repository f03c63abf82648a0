import { createPermission } from '@backstage/plugin-permission-common';

/** May ask whether a name is free. */
export const goldenPathsNameReadPermission = createPermission({
  name: 'golden-paths.name.read',
  attributes: { action: 'read' },
});

/**
 * May see what a template makes of given values. Whoever previews a template
 * must also be allowed to create from templates.
 */
export const goldenPathsPreviewCreatePermission = createPermission({
  name: 'golden-paths.preview.create',
  attributes: { action: 'create' },
});

/** May see which repository is on which version, and what upgrades did. */
export const goldenPathsFleetReadPermission = createPermission({
  name: 'golden-paths.fleet.read',
  attributes: { action: 'read' },
});

/** May upgrade what their own groups own, and merge it. */
export const goldenPathsUpgradeCreatePermission = createPermission({
  name: 'golden-paths.upgrade.create',
  attributes: { action: 'create' },
});

/** May upgrade every repository, many at once too. */
export const goldenPathsCampaignManagePermission = createPermission({
  name: 'golden-paths.campaign.manage',
  attributes: { action: 'update' },
});

/** May ask for exceptions of what their own groups own, and end them. */
export const goldenPathsExceptionCreatePermission = createPermission({
  name: 'golden-paths.exception.create',
  attributes: { action: 'create' },
});

/** May grant and refuse exceptions that others asked for, and ask for and end those of every service. */
export const goldenPathsExceptionDecidePermission = createPermission({
  name: 'golden-paths.exception.decide',
  attributes: { action: 'update' },
});

/** Every permission of this plugin. */
export const goldenPathsPermissions = [
  goldenPathsNameReadPermission,
  goldenPathsPreviewCreatePermission,
  goldenPathsFleetReadPermission,
  goldenPathsUpgradeCreatePermission,
  goldenPathsCampaignManagePermission,
  goldenPathsExceptionCreatePermission,
  goldenPathsExceptionDecidePermission,
];
