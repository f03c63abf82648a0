import type {
  DriftedFile,
  FleetQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import { firstDeploymentState } from './FirstDeploymentStore';

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
  made_at: Date | null;
  deployed_at: Date | null;
  deployed_to: string | null;
  deployment_known: boolean;
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
  /** Whether the repository holds a record; absent when it did not answer. */
  on_path?: boolean;
  /** When a form made it. */
  made_at?: Date | null;
};

/** A version of a template. */
export type TemplateVersion = { template: string; version: string };

/** Those on one of some versions, or on none of them. */
export type VersionFilter =
  | { oneOf: TemplateVersion[] }
  | { noneOf: TemplateVersion[] };

export type ServiceFilter = Pick<
  FleetQuery,
  'template' | 'version' | 'owner' | 'drift' | 'firstDeployment'
> & {
  /** All of them hold. */
  versions?: VersionFilter[];
};

/** How many repositories of an owner are on a version. */
export type VersionGroup = Pick<
  ServiceRow,
  'template' | 'version' | 'owner'
> & {
  repositories: number;
  drifted: number;
  unread: number;
};

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
    return this.#matching(filter).orderBy('entity_ref');
  }

  /** A part of them, and how many there are. */
  async page(
    filter: ServiceFilter,
    page: { limit: number; offset: number },
  ): Promise<{ items: ServiceRow[]; total: number }> {
    const [items, [{ total }]] = await Promise.all([
      this.#matching(filter)
        .orderBy('entity_ref')
        .limit(page.limit)
        .offset(page.offset)
        .select<ServiceRow[]>('*'),
      this.#matching(filter).count<{ total: string }[]>({ total: '*' }),
    ]);
    return { items, total: Number(total) };
  }

  /** Those on a golden path, counted by version and owner. */
  async groups(): Promise<VersionGroup[]> {
    const { rows } = await this.#knex.raw<{ rows: VersionGroup[] }>(`
      select template, version, owner, count(*)::int as repositories,
        count(*) filter (where jsonb_array_length(drift) > 0)::int as drifted,
        count(problem)::int as unread
      from services where template is not null
      group by template, version, owner`);
    return rows;
  }

  /**
   * Notes that the owner was told of the end of a version; true for the one who
   * is to tell. Told again is a day that came nearer, and who owns it since.
   */
  async tell(
    entityRef: string,
    told: { version: string; owner: string; until?: string },
  ): Promise<boolean> {
    const { version, owner, until = null } = told;
    const noted = await this.#knex('services')
      .where({ entity_ref: entityRef })
      .andWhereRaw(
        '(told_version is distinct from ? or told_owner <> ? or told_until > ?::date)',
        [version, owner, until],
      )
      .update({ told_version: version, told_owner: owner, told_until: until });
    return noted > 0;
  }

  #matching(filter: ServiceFilter) {
    const { template, version, owner, drift, firstDeployment } = filter;
    return this.#knex('services')
      .whereNotNull('template')
      .andWhere(query => {
        if (template) query.where({ template });
        if (version) query.where({ version });
        if (owner) query.where({ owner });
        if (drift) {
          const is = drift === 'changed' ? '>' : '=';
          query.whereRaw(`jsonb_array_length(drift) ${is} 0`);
        }
        if (firstDeployment) {
          query.whereRaw(`${firstDeploymentState} = ?`, [firstDeployment]);
        }
        for (const versions of filter.versions ?? []) {
          query.where(among => void whereVersion(among, versions));
        }
      });
  }
}

const pairsOf = (versions: TemplateVersion[]) =>
  versions.map(({ template, version }) => [template, version]);

function whereVersion(query: Knex.QueryBuilder, filter: VersionFilter) {
  return 'oneOf' in filter
    ? query.whereIn(['template', 'version'], pairsOf(filter.oneOf))
    : query
        .whereNull('version')
        .orWhereNotIn(['template', 'version'], pairsOf(filter.noneOf));
}
