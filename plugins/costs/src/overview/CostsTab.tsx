import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Scope } from '../view/view';
import { useView } from '../view/useView';
import { ScopeCosts } from './ScopeCosts';

const levels: readonly Scope['level'][] = [
  'group',
  'domain',
  'system',
  'component',
  'resource',
];

/** The scope that an entity stands for. */
export function scopeOf(entity: Entity): Scope {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  return {
    level: levels.find(level => level === kind) ?? 'component',
    entityRef: stringifyEntityRef(entity),
  };
}

/** What the entity whose page this is costs. */
export function CostsTab() {
  const { entity } = useEntity();
  return <ScopeCosts viewed={useView()} scope={scopeOf(entity)} />;
}
