import type { Delivery } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';

/** A delivery that is to be stored. */
export type NewDelivery = {
  source: string;
  deliveryId: string;
  event?: string;
  headers: Record<string, string>;
  body: Buffer;
};

/** A delivery that waits to be read. */
export type WaitingDelivery = Delivery & {
  id: string;
  source: string;
  attempts: number;
};

/** What became of a delivery. */
export type DeliveryState =
  | 'waiting'
  | 'applied'
  | 'ignored'
  | 'unmatched'
  | 'failed';

/** Ends of a delivery that are counted. */
const countedEnds = ['applied', 'ignored', 'unmatched', 'failed'] as const;

/**
 * Adds the ends of rows to the counters of their sources, or takes them off,
 * in one order by everybody, so that no two wait for each other.
 */
const countEnds = (rows: string, sign: '+' | '-') => `
  insert into delivery_counters as c (source, ${countedEnds.join(', ')})
  select source, ${countedEnds
    .map(state => `${sign} count(*) filter (where state = '${state}')`)
    .join(', ')}
  from ${rows} group by source order by source
  on conflict (source) do update set ${countedEnds
    .map(state => `${state} = c.${state} + excluded.${state}`)
    .join(', ')}`;

/** What is written down when a delivery was read. */
export type Verdict = {
  id: string;
  source: string;
  state: DeliveryState;
  message?: string;
  unmatchedService?: number;
  /** When it is to be tried again, in milliseconds from now. */
  retryInMs?: number;
};

export type StoredDelivery = {
  id: string;
  source: string;
  deliveryId: string;
  event: string | null;
  receivedAt: Date;
  state: DeliveryState;
  attempts: number;
  message: string | null;
};

/** The SQL of the inbox. */
export class InboxStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Stores deliveries, each once; the answer has the order of the question. */
  async add(
    deliveries: NewDelivery[],
  ): Promise<{ id: string; duplicate: boolean }[]> {
    const { rows } = await this.#knex.raw<{
      rows: {
        id: string;
        source: string;
        delivery_id: string;
        fresh: boolean;
      }[];
    }>(
      `with said as (
          select distinct on (source, delivery_id) *
          from unnest(:sources::text[], :ids::text[], :events::text[], :headers::jsonb[], :bodies::bytea[])
            with ordinality as r(source, delivery_id, event, headers, body, position)
          order by source, delivery_id, position
        ),
        added as (
          insert into deliveries (source, delivery_id, event, headers, body)
          select source, delivery_id, event, headers, body from said
          on conflict (source, delivery_id) do nothing
          returning id, source, delivery_id
        ),
        counted as (
          insert into delivery_counters (source, received, duplicate, last_at)
          select s.source, count(*), count(*) filter (where a.id is null), now()
          from unnest(:sources::text[], :ids::text[]) with ordinality as s(source, delivery_id, position)
          left join said r on r.source = s.source and r.delivery_id = s.delivery_id
            and r.position = s.position
          left join added a on a.source = r.source and a.delivery_id = r.delivery_id
          group by s.source order by s.source
          on conflict (source) do update set
            received = delivery_counters.received + excluded.received,
            duplicate = delivery_counters.duplicate + excluded.duplicate,
            last_at = excluded.last_at
        )
        select id, source, delivery_id, true as fresh from added
        union all
        select d.id, d.source, d.delivery_id, false
        from deliveries d join said using (source, delivery_id)`,
      {
        sources: deliveries.map(({ source }) => source),
        ids: deliveries.map(({ deliveryId }) => deliveryId),
        events: deliveries.map(({ event }) => event ?? null),
        headers: deliveries.map(({ headers }) => JSON.stringify(headers)),
        bodies: deliveries.map(({ body }) => body),
      },
    );
    const found = new Map(
      rows.map(row => [`${row.source} ${row.delivery_id}`, row]),
    );
    const answered = new Set<string>();
    return deliveries.map(({ source, deliveryId }) => {
      const key = `${source} ${deliveryId}`;
      const row = found.get(key);
      // Another replica may have stored it in the same moment: then its id is not visible yet.
      const duplicate = !row?.fresh || answered.has(key);
      answered.add(key);
      return { id: row?.id ?? '0', duplicate };
    });
  }

  async countRefused(source: string): Promise<void> {
    await this.#knex.raw(
      `insert into delivery_counters (source, refused) values (?, 1)
        on conflict (source) do update set refused = delivery_counters.refused + 1`,
      [source],
    );
  }

  /** Takes deliveries that are due, so that nobody else takes them as long as the transaction lasts. */
  async claim(tx: Knex, limit: number): Promise<WaitingDelivery[]> {
    const { rows } = await tx.raw<{ rows: WaitingDelivery[] }>(
      `select id, source, headers, body, attempts from deliveries
        where state = 'waiting' and due_at <= now()
        order by due_at, id limit ? for update skip locked`,
      [limit],
    );
    return rows;
  }

  /** Writes down what became of deliveries, and counts it. */
  async settle(tx: Knex, verdicts: Verdict[]): Promise<void> {
    await tx.raw(
      `update deliveries d set state = v.state, message = v.message,
          unmatched_service = v.unmatched, attempts = d.attempts + 1,
          due_at = now() + coalesce(v.retry, 0) * interval '1 millisecond'
        from jsonb_to_recordset(?::jsonb)
          as v(id bigint, state text, message text, unmatched int, retry float8)
        where d.id = v.id`,
      [
        JSON.stringify(
          verdicts.map(
            ({ id, state, message, unmatchedService, retryInMs }) => ({
              id,
              state,
              message,
              unmatched: unmatchedService,
              retry: retryInMs,
            }),
          ),
        ),
      ],
    );
    await tx.raw(
      countEnds(
        'jsonb_to_recordset(?::jsonb) as v(source text, state text)',
        '+',
      ),
      [JSON.stringify(verdicts)],
    );
  }

  /** Has a delivery read again. */
  async requeue(id: string): Promise<StoredDelivery | undefined> {
    await this.#requeue('id = :id', { id });
    return this.find(id);
  }

  /** Has all read again that came to one end; gives how many. */
  async requeueAll(
    state: DeliveryState,
    source: string | undefined,
  ): Promise<number> {
    return source === undefined
      ? this.#requeue('state = :state', { state })
      : this.#requeue('state = :state and source = :source', { state, source });
  }

  /** What is read again has no verdict until then: it is taken back from the counters. */
  async #requeue(
    condition: string,
    bindings: Record<string, string>,
  ): Promise<number> {
    const { rows } = await this.#knex.raw<{ rows: { count: string }[] }>(
      `with again as materialized (
          select id, source, state from deliveries
          where ${condition} order by id for update
        ),
        queued as (
          update deliveries d set state = 'waiting', attempts = 0, due_at = now()
          from again where d.id = again.id
        ),
        counted as (
          ${countEnds('again', '-')}
        )
        select count(*) from again`,
      bindings,
    );
    return Number(rows[0].count);
  }

  /**
   * Removes the oldest deliveries of those that were understood. What waits for
   * the catalog or for a person stays, and so do the counters.
   *
   * @returns how many; as many as the limit says when there may be more
   */
  async removeUnderstood(before: Date, limit: number): Promise<number> {
    // The oldest by id come first: no index of instants is needed to find them.
    const { rowCount } = await this.#knex.raw<{ rowCount: number }>(
      `delete from deliveries where id in (
          select id from (
            (select id, received_at from deliveries
              where state = 'applied' order by id limit :limit)
            union all
            (select id, received_at from deliveries
              where state = 'ignored' order by id limit :limit)
          ) oldest
          where received_at < :before order by id limit :limit)
        and state in ('applied', 'ignored')`,
      { before, limit },
    );
    return rowCount;
  }

  async find(id: string): Promise<StoredDelivery | undefined> {
    return this.#listed().where({ id }).first();
  }

  async bodyOf(id: string): Promise<Buffer | undefined> {
    return (await this.#knex('deliveries').where({ id }).first('body'))?.body;
  }

  async list(options: {
    state?: DeliveryState;
    source?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: StoredDelivery[]; total: number }> {
    const { state, source, limit, offset } = options;
    const filter = {
      ...(state ? { state } : {}),
      ...(source ? { source } : {}),
    };
    const [{ count }] = await this.#knex('deliveries')
      .where(filter)
      .count('* as count');
    const items = await this.#listed()
      .where(filter)
      .orderBy('id', 'desc')
      .limit(limit)
      .offset(offset);
    return { items, total: Number(count) };
  }

  /** Counters by source. */
  async counters(tx: Knex): Promise<Record<string, Record<string, string>>> {
    const rows = await tx('delivery_counters').select();
    return Object.fromEntries(rows.map(row => [row.source, row]));
  }

  async countWaiting(tx: Knex): Promise<number> {
    const [{ count }] = await tx('deliveries')
      .where({ state: 'waiting' })
      .count('* as count');
    return Number(count);
  }

  #listed() {
    return this.#knex('deliveries').select({
      id: 'id',
      source: 'source',
      deliveryId: 'delivery_id',
      event: 'event',
      receivedAt: 'received_at',
      state: 'state',
      attempts: 'attempts',
      message: 'message',
    });
  }
}
