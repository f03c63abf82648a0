import { stringifyEntityRef } from '@backstage/catalog-model';
import { alertApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogEntityRefreshPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityContextMenuItemBlueprint,
  useEntityPermission,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRefreshLine } from '@remixicon/react';

/** Has the catalog read the entity from its source again, at once. */
export const refreshItem = EntityContextMenuItemBlueprint.make({
  name: 'refresh',
  params: {
    icon: <RiRefreshLine size={16} />,
    useProps: () => {
      const { entity } = useEntity();
      const catalog = useApi(catalogApiRef);
      const alerts = useApi(alertApiRef);
      const { allowed } = useEntityPermission(catalogEntityRefreshPermission);
      return {
        title: 'Read again from its source',
        disabled: !allowed,
        onClick: async () => {
          try {
            await catalog.refreshEntity(stringifyEntityRef(entity));
            alerts.post({
              message: 'The catalog reads it again. Reload in a few seconds.',
              severity: 'info',
              display: 'transient',
            });
          } catch (error) {
            alerts.post({
              message: `It could not be read again: ${error}`,
              severity: 'error',
            });
          }
        },
      };
    },
  },
});
