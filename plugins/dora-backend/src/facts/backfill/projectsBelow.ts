import type { Knex } from 'knex';

/**
 * The projects that entities name in an annotation: those of an entity and of
 * all that is part of it or, of a group, owned by it and the groups below it;
 * of the whole catalog when no entity is given.
 */
export async function projectsBelow(
  knex: Knex,
  annotation: string,
  entityRef: string | undefined,
): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { value: string }[] }>(
    entityRef === undefined
      ? `select distinct value from entity_keys
          where annotation = :annotation order by value`
      : `with recursive below as (
            select ref from entities where ref = :entityRef
            union
            select e.ref from entities e join below b on e.parent_ref = b.ref
              or (e.owner_ref = b.ref and e.kind = 'component')
          )
          select distinct k.value from entity_keys k join below b on b.ref = k.entity_ref
          where k.annotation = :annotation order by k.value`,
    { annotation, ...(entityRef !== undefined && { entityRef }) },
  );
  return rows.map(({ value }) => value);
}
