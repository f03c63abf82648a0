import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useView } from '../view/useView';
import { ScopeOverview } from './ScopeOverview';

/** Delivery of the entity whose page this is. */
export function DeliveryTab() {
  const { entity } = useEntity();
  return <ScopeOverview viewed={useView(stringifyEntityRef(entity))} />;
}
