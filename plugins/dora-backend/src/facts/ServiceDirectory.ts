import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ServiceHint } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';

/** A component that facts belong to; without an entity they wait. */
export type Service = { id: number; entityRef: string | undefined };

/** What a hint is called as long as the catalog knows nothing of it. */
export function keyOf(hint: ServiceHint): string {
  return 'entity' in hint
    ? hint.entity.toLowerCase()
    : `${hint.annotation}:${hint.value.toLowerCase()}`;
}

/** Reads back what {@link keyOf} wrote. */
export function hintOf(key: string): ServiceHint {
  const [, annotation, value] =
    key.match(/^([^:]+\/[^:]+?):(.+)$/) ?? ([] as undefined[]);
  // The annotations are `host/name`; references of entities are `kind:namespace/name`.
  return annotation && value && !/^[a-z]+$/i.test(annotation)
    ? { annotation, value }
    : { entity: key };
}

/** Whether a file lies in one of the folders. */
function inFolders(file: string, folders: string[]): boolean {
  return folders.some(folder => `${file}/`.startsWith(`${folder}/`));
}

/** The catalog changes on other replicas too: what was looked up is believed this long. */
const believedMs = 20_000;

/** Finds the components that facts belong to. */
export class ServiceDirectory {
  readonly #knex: Knex;
  readonly #known = new Map<string, Service[]>();
  #knownSince = Date.now();

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): ServiceDirectory {
    return new ServiceDirectory(options.knex);
  }

  /** Forgets what it looked up, after the catalog has changed. */
  forget(): void {
    this.#known.clear();
    this.#knownSince = Date.now();
  }

  /**
   * The components a hint means: one, or several where a repository holds
   * several and the hint does not tell which; none where it tells that it is
   * of no component. One that the catalog does not know is given a place in
   * which its facts wait.
   */
  async resolve(hint: ServiceHint): Promise<Service[]> {
    const key = `${keyOf(hint)} ${
      'paths' in hint ? hint.paths?.join() ?? '' : ''
    }`;
    if (Date.now() - this.#knownSince > believedMs) this.forget();
    const known = this.#known.get(key);
    if (known) return known;
    const refs = await this.findEntities(hint);
    const services = refs
      ? await Promise.all(refs.map(ref => this.#ensure(ref, ref)))
      : [await this.#ensure(keyOf(hint), undefined)];
    this.#known.set(key, services);
    return services;
  }

  /** The references of the entities that a hint means; undefined when the catalog does not know what it names. */
  async findEntities(hint: ServiceHint): Promise<string[] | undefined> {
    return 'entity' in hint
      ? this.#byReference(hint.entity)
      : this.#byAnnotation(hint);
  }

  async #byReference(entity: string): Promise<string[] | undefined> {
    if (/[:/]/.test(entity)) {
      const ref = parseReference(entity);
      if (!ref) return undefined;
      const row = await this.#knex('entities').where({ ref }).first('ref');
      return row && [row.ref];
    }
    const rows = await this.#knex('entities')
      .where({ kind: 'component' })
      .whereRaw('lower(name) = ?', [entity.toLowerCase()])
      .select('ref');
    // The same name in two namespaces: neither can be meant for certain.
    return rows.length === 1 ? [rows[0].ref] : undefined;
  }

  async #byAnnotation(
    hint: Extract<ServiceHint, { annotation: string }>,
  ): Promise<string[] | undefined> {
    const rows: { entity_ref: string; paths: string[] }[] = await this.#knex(
      'entity_keys',
    )
      .where({ annotation: hint.annotation, value: hint.value.toLowerCase() })
      .select('entity_ref', 'paths')
      .orderBy('entity_ref');
    if (rows.length === 0) return undefined;
    if (rows.length === 1 || !hint.paths?.length) {
      return rows.map(row => row.entity_ref);
    }
    return rows
      .filter(
        ({ paths }) =>
          paths.length === 0 ||
          hint.paths!.some(file => inFolders(file, paths)),
      )
      .map(row => row.entity_ref);
  }

  async #ensure(key: string, entityRef: string | undefined): Promise<Service> {
    const { rows } = await this.#knex.raw(
      `insert into services (key, entity_ref) values (?, ?)
        on conflict (key) do update set key = excluded.key
        returning id, entity_ref as "entityRef"`,
      [key, entityRef ?? null],
    );
    const { id } = rows[0];
    if (entityRef) await ensureFirstPlacement(this.#knex, id);
    return { id, entityRef: rows[0].entityRef ?? undefined };
  }
}

function parseReference(entity: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(entity, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    // Not a reference; then it is a name that nobody has.
    return undefined;
  }
}

/**
 * Where a component stands that had no place yet. What happened before the
 * portal knew it is counted where it stands now.
 */
export async function ensureFirstPlacement(
  tx: Knex,
  serviceId: number,
): Promise<void> {
  await tx.raw(
    `with place as (
        select s.id, e.owner_ref, e.parent_ref as system_ref, y.parent_ref as domain_ref
        from services s
        join entities e on e.ref = s.entity_ref
        left join entities y on y.ref = e.parent_ref
        where s.id = :serviceId
      ),
      named as (
        insert into scopes (level, ref)
        select distinct level, ref from (
          select 1, owner_ref from place
          union all select 2, system_ref from place
          union all select 3, domain_ref from place
        ) as l(level, ref)
        where ref is not null
        on conflict (level, ref) do update set ref = excluded.ref
        returning id, level
      )
      insert into placements (service_id, owner_scope, system_scope, domain_scope, valid_from)
      select :serviceId,
        (select id from named where level = 1),
        (select id from named where level = 2),
        (select id from named where level = 3),
        '-infinity'
      from place
      where not exists (select 1 from placements where service_id = :serviceId)
      on conflict (service_id, valid_from) do nothing`,
    { serviceId },
  );
}
