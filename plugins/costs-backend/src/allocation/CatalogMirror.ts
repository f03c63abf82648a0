import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { toEntityRows } from './toEntityRows';

/** By table, its columns and those that tell its rows apart. */
const tables = {
  entities: {
    columns: ['ref', 'title', 'component', 'system', 'domain', 'group_ref'],
    key: 'ref',
  },
  entity_keys: {
    columns: ['sort', 'value', 'ref'],
    key: 'sort, value, ref',
  },
  group_tree: { columns: ['ancestor', 'ref'], key: 'ancestor, ref' },
};

/** Has a table hold these rows and no others. @returns how many came and went */
async function replace(
  tx: Knex,
  table: keyof typeof tables,
  rows: object[],
): Promise<number> {
  const { columns, key } = tables[table];
  const typed = columns.map(name => `${name} text`).join(', ');
  const names = columns.join(', ');
  const said = `select distinct ${names} from jsonb_to_recordset(?::jsonb) as r(${typed})`;
  const json = JSON.stringify(rows);
  const { rows: gone } = await tx.raw(
    `delete from ${table} where (${key}) in (
      select ${key} from (select ${names} from ${table} except ${said}) g) returning 1`,
    [json],
  );
  const { rows: come } = await tx.raw(
    `insert into ${table} (${names}) ${said} on conflict do nothing returning 1`,
    [json],
  );
  return gone.length + come.length;
}

/** Keeps the part of the catalog at hand that bills are matched and rolled up by. */
export class CatalogMirror {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** Takes over what the catalog says now. Bills are allocated anew when they may match others than before. */
  async sync(): Promise<void> {
    const read = toEntityRows(await this.#read());
    await this.#knex.transaction(async tx => {
      // Replicas take turns.
      await tx.raw(`select pg_advisory_xact_lock(hashtext('costs.catalog'))`);
      await replace(tx, 'entities', read.entities);
      await replace(tx, 'group_tree', read.groups);
      const changed = await replace(tx, 'entity_keys', read.keys);
      if (changed > 0) {
        await tx('bills').where({ current: true }).update({ stale: true });
      }
    });
  }

  async #read(): Promise<Entity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      {
        filter: {
          kind: ['component', 'resource', 'system', 'domain', 'group'],
        },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.title',
          'metadata.annotations',
          'spec.profile.displayName',
          'relations',
        ],
      },
      { credentials },
    );
    const found: Entity[] = [];
    for await (const page of pages) found.push(...page);
    return found;
  }
}
