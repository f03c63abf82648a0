import { createExtensionInput } from '@backstage/frontend-plugin-api';
import {
  EntityContextMenuItemBlueprint,
  EntityHeaderLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';

/**
 * Our own head of an entity's page. Upstream gives a head of one's own no
 * menu, so what plugins offer is attached to this one by the configuration.
 */
export const header = EntityHeaderLayoutBlueprint.makeWithOverrides({
  name: 'titles',
  inputs: {
    offers: createExtensionInput([
      EntityContextMenuItemBlueprint.dataRefs.data,
      EntityContextMenuItemBlueprint.dataRefs.filterFunction.optional(),
    ]),
  },
  factory(originalFactory, { inputs }) {
    const offers = inputs.offers.map(offer => ({
      node: offer.node,
      data: offer.get(EntityContextMenuItemBlueprint.dataRefs.data),
      isFor: offer.get(EntityContextMenuItemBlueprint.dataRefs.filterFunction),
    }));
    return originalFactory({
      loader: async () => {
        const { EntityHeader } = await import('./EntityHeader');
        return props => <EntityHeader {...props} offers={offers} />;
      },
    });
  },
});
