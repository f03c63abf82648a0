import { createPermission } from '@backstage/plugin-permission-common';

/** To see, start and cancel the background tasks of any plugin. */
export const schedulerOperatePermission = createPermission({
  name: 'waymark.scheduler.operate',
  attributes: { action: 'update' },
});
