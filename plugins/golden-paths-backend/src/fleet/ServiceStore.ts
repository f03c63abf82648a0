import type { DriftedFile } from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import { pathsHolding } from './holding';

/** What the catalog says of a service. */
export type SeenService = {
  entity_ref: string;
  title: string;
  owner: string | null;
  location: string | null;
  etag: string;
  is_service: boolean;
  /** The golden path that its annotations name. */
  template: string | null;
  version: string | null;
};

/** A service as it is kept. */
export type ServiceRow = SeenService & {
  repository: string | null;
  files: number | null;
  drift: DriftedFile[] | null;
  problem: string | null;
  read_at: Date | null;
  first_seen_at: Date;
  known_before: boolean;
};

/** What was found in a repository. */
export type ReadService = {
  repository: string | null;
  template?: string;
  version?: string;
  files: number | null;
  drift: DriftedFile[] | null;
  problem: string | null;
};

export type ServiceFilter = {
  template?: string;
  version?: string;
  owner?: string;
};

/** Services, as coverage counts them. */
export type CountedServices = {
  /** Without those that an exception lets off. */
  services: number;
  covered: number;
  exempt: number;
  /** When the portal first looked; absent before. */
  since?: Date;
};

type CountedRow = {
  old: boolean;
  services: number;
  covered: number;
  exempt: number;
  since: Date;
};

function sumOf(rows: CountedRow[]): CountedServices {
  const sum = (of: (row: CountedRow) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const [since] = rows.map(row => row.since).sort((a, b) => +a - +b);
  return {
    services: sum(row => row.services - row.exempt),
    covered: sum(row => row.covered),
    exempt: sum(row => row.exempt),
    ...(since ? { since } : {}),
  };
}

/** The services of the catalog, what else is on a golden path, and what their repositories hold. */
export class ServiceStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes in what the catalog has now. What it has no more is forgotten. The
   * first time nobody knows how old the services are.
   */
  async put(services: SeenService[]): Promise<void> {
    await this.#knex.transaction(async tx => {
      const first = (await tx('services').first('entity_ref')) === undefined;
      await tx('services')
        .whereNotIn(
          'entity_ref',
          services.map(service => service.entity_ref),
        )
        .delete();
      for (let at = 0; at < services.length; at += 500) {
        await tx('services')
          .insert(
            services
              .slice(at, at + 500)
              .map(service => ({ ...service, known_before: first })),
          )
          .onConflict('entity_ref')
          .merge({
            title: tx.raw('excluded.title'),
            owner: tx.raw('excluded.owner'),
            location: tx.raw('excluded.location'),
            etag: tx.raw('excluded.etag'),
            is_service: tx.raw('excluded.is_service'),
            // What the repository itself says is newer than what the catalog read of it.
            template: tx.raw(
              `case when excluded.template is null then null
                when services.read_etag = excluded.etag then services.template
                else excluded.template end`,
            ),
            version: tx.raw(
              `case when excluded.template is null then null
                when services.read_etag = excluded.etag then services.version
                else excluded.version end`,
            ),
          });
      }
    });
  }

  /** Those on a golden path whose repository was not read for an hour, or whose entity changed since. */
  async due(limit: number): Promise<ServiceRow[]> {
    return this.#knex('services')
      .whereNotNull('template')
      .andWhereRaw(
        `(read_at is null or read_etag is distinct from etag
          or read_at < now() - interval '1 hour'
          or (problem is not null and read_at < now() - interval '5 minutes'))`,
      )
      .orderByRaw('read_at nulls first')
      .limit(limit);
  }

  async putRead(service: SeenService, read: ReadService): Promise<void> {
    const { drift, ...others } = read;
    await this.#knex('services')
      .where({ entity_ref: service.entity_ref })
      .update({
        ...others,
        drift: drift && JSON.stringify(drift),
        read_etag: service.etag,
        read_at: this.#knex.fn.now(),
      });
  }

  async find(entityRef: string): Promise<ServiceRow | undefined> {
    return this.#knex('services').where({ entity_ref: entityRef }).first();
  }

  /** Those on a golden path, in the order of their names. */
  async members(filter: ServiceFilter = {}): Promise<ServiceRow[]> {
    const { template, version, owner } = filter;
    return this.#knex('services')
      .whereNotNull('template')
      .andWhere(query => {
        if (template) query.where({ template });
        if (version) query.where({ version });
        if (owner) query.where({ owner });
      })
      .orderBy('entity_ref');
  }

  /** How many services count, how many of them are on a golden path, and how many an exception lets off. */
  async coverage(): Promise<Record<'all' | 'young', CountedServices>> {
    const { rows } = await this.#knex.raw<{ rows: CountedRow[] }>(`
      select known_before as old, count(template)::int as covered,
        count(*) filter (where template is null and exempt)::int as exempt,
        count(*)::int as services, min(first_seen_at) as since
      from (
        select *, ${pathsHolding('s.entity_ref')} as exempt
        from services s where is_service) counted
      group by known_before`);
    return {
      all: sumOf(rows),
      young: sumOf(rows.filter(({ old }) => !old)),
    };
  }

  /** Notes that the owner was told; true for the one who is to tell. */
  async tell(entityRef: string, version: string): Promise<boolean> {
    const told = await this.#knex('services')
      .where({ entity_ref: entityRef })
      .andWhereRaw('told_version is distinct from ?', [version])
      .update({ told_version: version });
    return told > 0;
  }
}
