import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { attribute } from '../attribution/attribute';
import type { ConclusionSettings } from '../attribution/ConclusionSettings';
import { ConclusionStore, place } from '../attribution/ConclusionStore';
import { HistoryStore } from '../attribution/HistoryStore';
import type { AttributionSettings } from '../attribution/model';
import { waitingChanges } from '../attribution/waitingChanges';
import { Bucket } from './Bucket';
import { BucketStore, monthOf, type StoredBucket } from './BucketStore';
import { HourStore } from './HourStore';
import { levels } from './levels';
import { placeBuckets } from './placeBuckets';

const retrySeconds = 10;

/**
 * Computes components anew whose facts changed, and then the sums above them.
 * Each step takes its marks away in the transaction that does the work: what
 * a killed process was doing is done by the next.
 */
export class Recalculation {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #settings: () => Promise<AttributionSettings>;
  readonly #holding: ConclusionSettings;
  readonly #histories = new HistoryStore();
  readonly #conclusions = new ConclusionStore();
  readonly #buckets = new BucketStore();
  readonly #hours = new HourStore();

  private constructor(options: RecalculationOptions) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#settings = options.settings;
    this.#holding = options.holding;
  }

  static create(options: RecalculationOptions): Recalculation {
    return new Recalculation(options);
  }

  /**
   * Computes one component that is marked.
   *
   * @returns its entity reference, or undefined when none is marked
   */
  async attributeNext(): Promise<{ entityRef: string | null } | undefined> {
    return this.#take(
      `select service_id from stale_services where not_before <= now()
        order by not_before limit 1 for update skip locked`,
      [],
    );
  }

  /** Computes a component at once if it is marked. When somebody else is at it, waits for them. */
  async attributeNow(serviceId: number): Promise<void> {
    await this.#take('?::int', [serviceId]);
  }

  async #take(
    which: string,
    bindings: number[],
  ): Promise<{ entityRef: string | null } | undefined> {
    const settings = await this.#settings();
    let taken: number | undefined;
    const work = async (tx: Knex) => {
      if (!(await this.#holding.hold(tx))) return undefined;
      const { rows } = await tx.raw<{
        rows: { id: number; entityRef: string | null }[];
      }>(
        `delete from stale_services s using services v
          where v.id = s.service_id and s.service_id = (${which})
          returning v.id, v.entity_ref as "entityRef"`,
        bindings,
      );
      const [service] = rows;
      taken = service?.id;
      // What the catalog does not know belongs to nobody and is not counted.
      if (service?.entityRef) await this.#attribute(tx, service.id, settings);
      return service;
    };
    try {
      return await this.#knex.transaction(work);
    } catch (error) {
      if (taken === undefined) throw error;
      // One component that cannot be computed must not hold up the others.
      this.#logger.error(
        `The numbers of component ${taken} could not be computed; they are tried again in ${retrySeconds} seconds`,
        { error: String(error) },
      );
      await this.#knex.raw(
        `update stale_services set not_before = now() + ? * interval '1 second'
          where service_id = ?`,
        [retrySeconds, taken],
      );
      return { entityRef: null };
    }
  }

  async #attribute(
    tx: Knex,
    serviceId: number,
    settings: AttributionSettings,
  ): Promise<void> {
    const history = await this.#histories.load(tx, serviceId);
    const attribution = attribute(history, settings);
    const conclusions = place(
      attribution,
      waitingChanges(history, attribution, settings),
      await placesOf(tx, serviceId),
    );
    const touched = await this.#conclusions.replace(tx, serviceId, conclusions);
    await this.#buckets.write(tx, placeBuckets(conclusions, touched));
    await this.#buckets.markStale(tx, touched);
  }

  /**
   * Sums up one month of one environment above the places.
   *
   * @returns whether there was one
   */
  async rollUpNext(): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const claimed = await this.#buckets.claimStale(tx);
      if (!claimed) return false;
      const { environment, marks } = claimed;
      const wanted = new Map<string, StoredBucket>();
      const bucketOf = (level: number, scope: number, day: string) =>
        wanted.get([level, scope, day].join());
      for (const { level, scope, day } of marks) {
        wanted.set([level, scope, day].join(), {
          level,
          scope,
          environment,
          grain: 'd',
          startsOn: day,
          bucket: new Bucket(),
        });
      }
      const days = [...new Set(marks.map(({ day }) => day))];
      for (const part of await this.#buckets.ofPlaces(tx, environment, days)) {
        const above = [
          [levels.owner, part.owner],
          [levels.system, part.system],
          [levels.domain, part.domain],
          [levels.organisation, 0],
        ] as const;
        for (const [level, scope] of above) {
          if (scope !== null) {
            bucketOf(level, scope, part.startsOn)?.bucket.merge(part.bucket);
          }
        }
      }
      await this.#buckets.write(tx, [...wanted.values()]);
      await this.#sumMonths(tx, [...wanted.values()]);
      await this.#hours.sumUp(
        tx,
        environment,
        marks.flatMap(({ level, day }) =>
          level === levels.organisation ? [day] : [],
        ),
      );
      return true;
    });
  }

  /** The month of every scope whose days changed, from all its days. */
  async #sumMonths(tx: Knex, changed: StoredBucket[]): Promise<void> {
    if (changed.length === 0) return;
    const { environment } = changed[0];
    const month = monthOf(changed[0].startsOn);
    const scopes = [
      ...new Map(
        changed.map(({ level, scope }) => [
          `${level} ${scope}`,
          { level, scope },
        ]),
      ).values(),
    ];
    const sums = new Map(
      scopes.map(({ level, scope }) => [
        `${level} ${scope}`,
        {
          level,
          scope,
          environment,
          grain: 'm' as const,
          startsOn: month,
          bucket: new Bucket(),
        },
      ]),
    );
    for (const day of await this.#buckets.daysOfMonth(
      tx,
      environment,
      month,
      scopes,
    )) {
      sums.get(`${day.level} ${day.scope}`)?.bucket.merge(day.bucket);
    }
    await this.#buckets.write(tx, [...sums.values()]);
  }
}

type RecalculationOptions = {
  knex: Knex;
  settings: () => Promise<AttributionSettings>;
  /** Says whether these settings are those of all replicas. */
  holding: ConclusionSettings;
  logger: LoggerService;
};

/** Where a component stood at an instant. */
async function placesOf(
  tx: Knex,
  serviceId: number,
): Promise<(instant: number) => number> {
  const { rows } = await tx.raw<{ rows: { id: number; since: number }[] }>(
    `select id, case when valid_from = '-infinity' then '-infinity'::float8
        else (extract(epoch from valid_from) * 1000)::float8 end as since
      from placements where service_id = ? order by valid_from desc`,
    [serviceId],
  );
  return instant => {
    const found = rows.find(({ since }) => since <= instant) ?? rows.at(-1);
    if (!found) throw new Error(`Component ${serviceId} stands nowhere`);
    return found.id;
  };
}
