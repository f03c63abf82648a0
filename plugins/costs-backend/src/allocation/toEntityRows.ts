import {
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** An entity with what it is rolled up to. */
export type EntityRow = {
  ref: string;
  title: string;
  component: string | null;
  system: string | null;
  domain: string | null;
  group_ref: string | null;
};

/** What bills may call an entity: a kind for names and references, else an annotation. */
export type KeyRow = { sort: string; value: string; ref: string };

/** A group and one of the groups below it, or itself. */
export type GroupRow = { ancestor: string; ref: string };

/** What a bill could call an entity is no longer than this. */
const longestKey = 200;
/** Entities are on no more levels than this; and catalogs may go round in circles. */
const deepest = 20;

const kindOf = (ref: string) => ref.slice(0, ref.indexOf(':'));

function related(entity: Entity, type: string, kind: string) {
  return (entity.relations ?? [])
    .filter(
      relation => relation.type === type && kindOf(relation.targetRef) === kind,
    )
    .map(({ targetRef }) => targetRef);
}

/** The only one there is: what belongs to several belongs to none of them alone. */
const only = (refs: string[]) => (refs.length === 1 ? refs[0] : null);

function titleOf(entity: Entity): string {
  const profile = entity.spec?.profile;
  const said =
    entity.metadata.title ??
    (typeof profile === 'object' && profile && 'displayName' in profile
      ? profile.displayName
      : undefined);
  return String(said ?? entity.metadata.name);
}

function keysOf(entity: Entity, ref: string): KeyRow[] {
  const { name, namespace = 'default' } = parseEntityRef(ref);
  const kind = entity.kind.toLowerCase();
  const names = [
    ref,
    `${namespace}/${name}`,
    ...(namespace === 'default' ? [name] : []),
  ];
  return [
    ...names.map(value => ({ sort: kind, value, ref })),
    ...Object.entries(entity.metadata.annotations ?? {}).flatMap(
      ([annotation, values]) =>
        values
          .split(',')
          .map(value => value.trim().toLowerCase())
          .filter(said => said !== '' && said.length <= longestKey)
          .map(value => ({ sort: annotation, value, ref })),
    ),
  ];
}

/** What costs are rolled up by, from what the catalog says. */
export function toEntityRows(entities: Entity[]): {
  entities: EntityRow[];
  keys: KeyRow[];
  groups: GroupRow[];
} {
  const byRef = new Map(
    entities.map(entity => [stringifyEntityRef(entity), entity]),
  );
  const level = (ref: string | null, type: string, kind: string) => {
    const entity = ref ? byRef.get(ref) : undefined;
    return entity ? only(related(entity, type, kind)) : null;
  };
  const owner = (ref: string | null) => level(ref, RELATION_OWNED_BY, 'group');

  const rows = [...byRef].map(([ref, entity]): EntityRow => {
    const kind = kindOf(ref);
    const component =
      kind === 'component'
        ? ref
        : level(ref, RELATION_DEPENDENCY_OF, 'component');
    const system =
      kind === 'system'
        ? ref
        : level(ref, RELATION_PART_OF, 'system') ??
          level(component, RELATION_PART_OF, 'system');
    const domain =
      kind === 'domain' ? ref : level(system, RELATION_PART_OF, 'domain');
    return {
      ref,
      title: titleOf(entity),
      component,
      system,
      domain,
      group_ref:
        kind === 'group'
          ? ref
          : owner(ref) ?? owner(component) ?? owner(system),
    };
  });
  const groups = rows.flatMap(({ ref }) => {
    if (kindOf(ref) !== 'group') return [];
    const above = new Set([ref]);
    let at: string | null = ref;
    for (let steps = 0; at && steps < deepest; steps += 1) {
      at = level(at, RELATION_CHILD_OF, 'group');
      if (at) above.add(at);
    }
    return [...above].map(ancestor => ({ ancestor, ref }));
  });
  const keys = [...byRef].flatMap(([ref, entity]) => keysOf(entity, ref));
  return { entities: rows, keys, groups };
}
