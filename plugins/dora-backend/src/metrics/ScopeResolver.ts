import { InputError, NotFoundError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Scope } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { placementColumns, type Level } from './levels';

/** What a metric is measured of, and at which level its sums are found. */
export type ResolvedScope = {
  level: Level;
  /** The scopes of the level. */
  ids: number[];
  description: Scope;
};

/** Finds what a metric is to be measured of. */
export class ScopeResolver {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Everything. */
  async organisation(title: string): Promise<ResolvedScope> {
    const [{ count }] = await this.#knex('services')
      .whereNotNull('entity_ref')
      .count('* as count');
    return {
      level: 'organisation',
      ids: [0],
      description: { level: 'organisation', title, services: Number(count) },
    };
  }

  /**
   * A component, system, domain or group. A group stands for what it and the
   * groups below it own, a domain for itself and the domains below it.
   *
   * @param options.alone - leaves out what is below a group or domain
   * @throws InputError when the reference is none, or is of a kind that has no metrics
   * @throws NotFoundError when the catalog does not know it
   */
  async entity(
    text: string,
    options: { alone?: boolean } = {},
  ): Promise<ResolvedScope> {
    const ref = canonical(text);
    const entity = await this.#knex('entities').where({ ref }).first();
    if (!entity) {
      throw new NotFoundError(`entityRef: the catalog knows no ${ref}`);
    }
    const refs = async () => (options.alone ? [ref] : this.#below(ref));
    switch (entity.kind) {
      case 'component':
        return this.components([ref], {
          level: 'component',
          entityRef: ref,
          title: entity.title,
        });
      case 'system':
        return this.#above('system', 2, [ref], entity.title);
      case 'domain':
        return this.#above('domain', 3, await refs(), entity.title);
      default:
        return this.#above('group', 1, await refs(), entity.title);
    }
  }

  /** Some components. */
  async components(
    refs: string[],
    description: Omit<Scope, 'services'>,
  ): Promise<ResolvedScope> {
    const rows: { id: number; service_id: number }[] = await this.#knex(
      'placements as p',
    )
      .join('services as s', 's.id', 'p.service_id')
      .whereIn('s.entity_ref', refs)
      .select('p.id', 'p.service_id');
    return {
      level: 'placement',
      ids: rows.map(({ id }) => id),
      description: {
        ...description,
        services: new Set(rows.map(row => row.service_id)).size,
      },
    };
  }

  /** What of one scope is part of another. */
  async within(
    part: ResolvedScope,
    scope: ResolvedScope,
  ): Promise<ResolvedScope> {
    if (scope.level === 'organisation') return part;
    if (part.level === 'organisation') return scope;
    const { rows } = await this.#knex.raw<{
      rows: { id: number; service_id: number }[];
    }>(
      `select p.id, p.service_id from placements p
        where ${placementColumns[part.level]} = any(?::int[])
          and ${placementColumns[scope.level]} = any(?::int[])`,
      [part.ids, scope.ids],
    );
    return {
      level: 'placement',
      ids: rows.map(({ id }) => id),
      description: {
        ...part.description,
        services: new Set(rows.map(row => row.service_id)).size,
      },
    };
  }

  /** Itself and everything below it. */
  async #below(ref: string): Promise<string[]> {
    const { rows } = await this.#knex.raw<{ rows: { ref: string }[] }>(
      `with recursive below as (
          select ref from entities where ref = ?
          union
          select e.ref from entities e join below b on e.parent_ref = b.ref
            where e.kind in ('group', 'domain')
        ) select ref from below`,
      [ref],
    );
    return rows.map(row => row.ref);
  }

  async #above(
    level: 'system' | 'domain' | 'group',
    number: 1 | 2 | 3,
    refs: string[],
    title: string,
  ): Promise<ResolvedScope> {
    const column = { 1: 'owner_scope', 2: 'system_scope', 3: 'domain_scope' }[
      number
    ];
    const scopes: { id: number }[] = await this.#knex('scopes')
      .where({ level: number })
      .whereIn('ref', refs)
      .select('id');
    const ids = scopes.map(({ id }) => id);
    const [{ count }] = await this.#knex('placements')
      .whereIn(column, ids)
      .countDistinct('service_id as count');
    return {
      level: level === 'group' ? 'owner' : level,
      ids,
      description: {
        level,
        entityRef: refs[0],
        title,
        services: Number(count),
      },
    };
  }
}

const kindsWithMetrics = ['component', 'system', 'domain', 'group'];

function canonical(text: string): string {
  let ref;
  try {
    ref = parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(
      `entityRef: "${text}" is no entity reference; write it as component:default/name`,
    );
  }
  if (!kindsWithMetrics.includes(ref.kind.toLowerCase())) {
    throw new InputError(
      `entityRef: "${text}" has no DORA metrics; ask for a component, system, domain or group`,
    );
  }
  return stringifyEntityRef(ref);
}
