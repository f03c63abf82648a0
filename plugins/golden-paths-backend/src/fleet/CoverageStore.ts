import type {
  CountedServicesQuery,
  ServiceStanding,
} from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import { pathsHolding } from './holding';

/** Services, as coverage counts them. */
export type CountedServices = {
  /** Without those that an exception lets off. */
  services: number;
  covered: number;
  exempt: number;
  unread: number;
};

/** A service that coverage counts, or that an exception lets off. */
export type CountedRow = {
  entity_ref: string;
  title: string;
  owner: string | null;
  template: string | null;
  version: string | null;
  problem: string | null;
  standing: ServiceStanding;
  known_before: boolean;
  first_seen_at: Date;
};

/** How many services stand alike. */
type GroupRow = {
  owner: string | null;
  known_before: boolean;
  standing: ServiceStanding;
  services: number;
  since: Date;
};

/** All coverage, by several views of it. */
export type CoverageCounts = {
  all: CountedServices;
  /** Those that came after the portal first looked. */
  young: CountedServices;
  byOwner: Map<string, CountedServices>;
  /** When the portal first looked; absent before. */
  since?: Date;
};

/**
 * In SQL: the services, each with how it stands to golden paths. An annotation
 * is not enough to be on one: the repository has to hold a record.
 */
const counted = `(select s.*, case
    when template is not null and on_path then 'on'
    when ${pathsHolding('s.entity_ref')} then 'exempt'
    when template is not null then 'unread'
    else 'off' end as standing
  from services s where is_service) counted`;

/** Which services are on a golden path, which are not, and which need not be. */
export class CoverageStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async counts(): Promise<CoverageCounts> {
    const { rows } = await this.#knex.raw<{ rows: GroupRow[] }>(`
      select owner, known_before, standing, count(*)::int as services,
        min(first_seen_at) as since
      from ${counted} group by owner, known_before, standing`);
    const [since] = rows.map(row => row.since).sort((a, b) => +a - +b);
    const owners = new Set(rows.map(({ owner }) => owner ?? 'nobody'));
    return {
      all: sumOf(rows),
      young: sumOf(rows.filter(({ known_before: old }) => !old)),
      byOwner: new Map(
        [...owners].map(name => [
          name,
          sumOf(rows.filter(({ owner }) => (owner ?? 'nobody') === name)),
        ]),
      ),
      ...(since ? { since } : {}),
    };
  }

  /** In the order of their names. */
  async list(
    query: CountedServicesQuery,
    page: { limit: number; offset: number },
  ): Promise<{ items: CountedRow[]; total: number }> {
    const { standing, owner, isNew } = query;
    const matching = () =>
      this.#knex.from(this.#knex.raw(counted)).where(where => {
        if (standing) where.where({ standing });
        if (owner) where.where({ owner });
        if (isNew !== undefined) where.where({ known_before: !isNew });
      });
    const [items, [{ total }]] = await Promise.all([
      matching()
        .orderBy('entity_ref')
        .limit(page.limit)
        .offset(page.offset)
        .select<CountedRow[]>('*'),
      matching().count<{ total: string }[]>({ total: '*' }),
    ]);
    return { items, total: Number(total) };
  }
}

function sumOf(rows: GroupRow[]): CountedServices {
  const sum = (...standings: ServiceStanding[]) =>
    rows
      .filter(({ standing }) => standings.includes(standing))
      .reduce((total, { services }) => total + services, 0);
  return {
    services: sum('on', 'off', 'unread'),
    covered: sum('on'),
    exempt: sum('exempt'),
    unread: sum('unread'),
  };
}
