import { InputError } from '@backstage/errors';
import type { Rule } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';

/** The entities that a rule itself names. */
function namedBy(rule: Rule): string[] {
  switch (rule.by) {
    case 'entity':
      return [rule.entityRef];
    case 'map':
      return Object.values(rule.entities);
    case 'share':
      return [...(rule.among ?? []), ...Object.keys(rule.shares ?? {})];
    default:
      return [];
  }
}

/** @throws InputError when a rule gives money to an entity that is not there */
export async function requireBearers(knex: Knex, rules: Rule[]): Promise<void> {
  const { rows } = await knex.raw<{ rows: { ref: string }[] }>(
    'select ref from entities where ref = any(?::text[])',
    [rules.flatMap(namedBy)],
  );
  const known = new Set(rows.map(({ ref }) => ref));
  for (const rule of rules) {
    const missing = namedBy(rule).find(ref => !known.has(ref));
    if (missing) {
      throw new InputError(
        `Rule ${rule.id}: the catalog has no ${missing}; name a component, resource, system, domain or group that it has. One that was just added is known within a minute`,
      );
    }
  }
}
