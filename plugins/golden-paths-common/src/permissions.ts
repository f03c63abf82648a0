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

/** Every permission of this plugin. */
export const goldenPathsPermissions = [
  goldenPathsNameReadPermission,
  goldenPathsPreviewCreatePermission,
];
