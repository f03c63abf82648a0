import { useEntity } from '@backstage/plugin-catalog-react';
import { ResourceView } from '../resources/ResourcePage';
import { resourceIdOf } from './annotation';

/** All about the resource that the entity stands for. */
export function EntityResourceTab() {
  const { entity } = useEntity();
  return <ResourceView id={resourceIdOf(entity)} />;
}
