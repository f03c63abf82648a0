import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';

/** An entity as one line of a list. */
export type EntityChoice = {
  /** Its reference, such as `group:default/ledger`. */
  id: string;
  textValue: string;
  description?: string;
};

/** The parts of an entity that a choice shows. */
export const choiceFields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'spec.type',
  'spec.profile.displayName',
  'relations',
];

/** Where a search looks for what a person types. */
export const searchedFields = [
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
];

/** What a list shows of an entity. */
export function toChoice(entity: Entity): EntityChoice {
  const { profile } = entity.spec ?? {};
  const displayName =
    typeof profile === 'object' && profile && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return {
    id: stringifyEntityRef(entity),
    textValue:
      entity.metadata.title ??
      (typeof displayName === 'string' ? displayName : entity.metadata.name),
    description: entity.metadata.description,
  };
}
