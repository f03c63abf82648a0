import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { placementColumns, type Level } from './levels';
import type { Part, Parts } from './Part';
import type { ResolvedScope } from './ScopeResolver';

/** By what a scope can be divided. */
export type Division = 'component' | 'system' | 'domain' | 'group';

const levelOf: Record<Division, Exclude<Level, 'organisation'>> = {
  component: 'placement',
  system: 'system',
  domain: 'domain',
  group: 'owner',
};
const mostParts = 2000;

/** Which of many parts are asked for, in the order of their titles. */
export type PartsPage = { limit?: number; offset?: number };

type PlaceRow = {
  id: number;
  scope: number;
  ref: string;
  title: string | null;
};

const scopeCondition = ({ level }: ResolvedScope) =>
  level === 'organisation'
    ? ''
    : `and ${placementColumns[level]} = any(?::int[])`;

const bindingsOf = ({ level, ids }: ResolvedScope) =>
  level === 'organisation' ? [] : [ids];

/** Divides a scope into its components, systems, domains or groups. */
export class PartResolver {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * @returns the parts of a page, and how many there are on all pages
   * @throws InputError when they are more than an answer holds
   */
  async divide(
    scope: ResolvedScope,
    by: Division,
    environment: number,
    { limit, offset = 0 }: PartsPage = {},
  ): Promise<{ parts: Parts; total: number }> {
    const places = await this.#places(scope, by);
    // Where a sum of the part holds nothing of another scope, it is used as it is.
    const whole =
      scope.level === 'organisation' ||
      (scope.level === 'owner' && by === 'group');
    const parts = new Map<string, Part>();
    for (const { id, scope: scopeId, ref, title } of places) {
      const part = parts.get(ref) ?? { key: ref, title: title ?? ref, ids: [] };
      const known = whole && by !== 'component' ? scopeId : id;
      if (!part.ids.includes(known)) part.ids.push(known);
      parts.set(ref, part);
    }
    const asked = [...parts.values()]
      .sort((a, b) => a.title.localeCompare(b.title))
      .slice(offset, limit && offset + limit);
    if (asked.length > mostParts) {
      throw new InputError(
        `groupBy: there are ${parts.size} parts and an answer holds at most ${mostParts}; ask for fewer with limit and offset, or for a smaller scope`,
      );
    }
    return {
      parts: {
        level: whole ? levelOf[by] : 'placement',
        parts: asked,
        environment,
        everywhere:
          scope.level === 'organisation' && asked.length * 2 >= parts.size,
      },
      total: parts.size,
    };
  }

  /** How many components of a scope are in none of its parts as the catalog is now. */
  async undivided(scope: ResolvedScope, by: Division): Promise<number> {
    const { rows } = await this.#knex.raw<{ rows: { n: string }[] }>(
      `select count(*) as n from services s
        join lateral (
          select * from placements where service_id = s.id
          order by valid_from desc limit 1
        ) p on true
        where s.entity_ref is not null
          and ${placementColumns[levelOf[by]]} is null
          ${scopeCondition(scope)}`,
      bindingsOf(scope),
    );
    return Number(rows[0].n);
  }

  async #places(scope: ResolvedScope, by: Division): Promise<PlaceRow[]> {
    const dimension =
      by === 'component'
        ? { scope: 'p.id', ref: 's.entity_ref' }
        : { scope: placementColumns[levelOf[by]], ref: 'n.ref' };
    const { rows } = await this.#knex.raw<{ rows: PlaceRow[] }>(
      `select p.id, ${dimension.scope} as scope, ${
        dimension.ref
      } as ref, e.title
        from placements p
        join services s on s.id = p.service_id
        left join scopes n on n.id = ${
          by === 'component' ? 'p.owner_scope' : dimension.scope
        }
        left join entities e on e.ref = ${dimension.ref}
        where ${dimension.ref} is not null
          ${scopeCondition(scope)}`,
      bindingsOf(scope),
    );
    return rows;
  }
}
