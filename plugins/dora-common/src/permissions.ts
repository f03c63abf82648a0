import { createPermission } from '@backstage/plugin-permission-common';

/** May read metrics, deployments, changes and incidents. */
export const doraMetricsReadPermission = createPermission({
  name: 'dora.metrics.read',
  attributes: { action: 'read' },
});

/** May hand in deployments, changes and incidents. */
export const doraFactsCreatePermission = createPermission({
  name: 'dora.facts.create',
  attributes: { action: 'create' },
});

/**
 * May say that a deployment failed or did not, and which deployment caused an
 * incident. Whoever corrects must also own the component, or keep the portal.
 */
export const doraCorrectionCreatePermission = createPermission({
  name: 'dora.correction.create',
  attributes: { action: 'update' },
});

/**
 * May set, change and end goals. Whoever does must also lead the group or one
 * above it, or manage goals.
 */
export const doraGoalUpdatePermission = createPermission({
  name: 'dora.goal.update',
  attributes: { action: 'update' },
});

/** May set, change and end the goals of every group. */
export const doraGoalManagePermission = createPermission({
  name: 'dora.goal.manage',
  attributes: { action: 'update' },
});

/** May read deliveries as they came in, and have them read again. */
export const doraInboxManagePermission = createPermission({
  name: 'dora.inbox.manage',
  attributes: { action: 'update' },
});

/** Every permission of this plugin. */
export const doraPermissions = [
  doraMetricsReadPermission,
  doraFactsCreatePermission,
  doraCorrectionCreatePermission,
  doraGoalUpdatePermission,
  doraGoalManagePermission,
  doraInboxManagePermission,
];
