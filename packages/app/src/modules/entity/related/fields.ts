import type { Entity } from '@backstage/catalog-model';

/** The parts of an entity that others show of it. */
export const SHOWN_FIELDS = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations.waymark.io/title',
  'spec.type',
  'spec.lifecycle',
  'spec.profile',
  'relations',
];

/** The name people know an entity by. */
export function titleOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return profile?.displayName || entity.metadata.title || entity.metadata.name;
}

/** A text of the specification, or undefined where it is missing or no text. */
export function specText(entity: Entity, key: string): string | undefined {
  const value = entity.spec?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** References of all relations of a type, each once. */
export function targetsOf(entity: Entity, type: string): string[] {
  const targets = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
  return [...new Set(targets)];
}

const TYPES: Record<string, string> = {
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  'ml-service': 'ML service',
};

/** The type of an entity as people say it: `data-pipeline` is "Data pipeline". */
export function typeOf(entity: Entity): string | undefined {
  const type = specText(entity, 'type');
  if (!type) {
    return undefined;
  }
  const words = type.replaceAll('-', ' ');
  return TYPES[type] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
