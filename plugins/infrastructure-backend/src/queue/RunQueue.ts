import type { RequestKind, Step } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/** An attempt as the database has it. */
export type RunRow = {
  id: string;
  request_id: string;
  kind: 'plan' | 'apply';
  state:
    | 'waiting'
    | 'running'
    | 'done'
    | 'failed'
    | 'interrupted'
    | 'cancelled';
  attempts: number;
  lease_owner: string | null;
  lease_until: Date | null;
  fence: number;
  cancel: boolean;
  error: string | null;
  steps: Step[];
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
};

/** A kind of run of some offerings. */
export type Lane = { kind: RunRow['kind']; offerings: string[] };

/** A run that was taken, and what it is of. */
export type TakenRun = RunRow & { offering: string };

/** How long a step of a kind of run usually takes. */
export type StepTiming = {
  kind: RunRow['kind'];
  title: string;
  seconds: number;
};

/** Thrown when somebody else holds the run by now: whoever gets it stops, and writes nothing. */
export class LeaseLostError extends Error {
  constructor(run: { id: string }) {
    super(`Another backend has run ${run.id} by now`);
  }
}

const leaseSeconds = 30;

/** How long it took, in seconds; null where nothing was made yet. */
export type OfferingTiming = {
  samples: number;
  p50: number | null;
  p90: number | null;
};

/**
 * The runs that wait, are worked on, and were. A run is its own place in the
 * queue: it is there exactly when the transaction that wanted it is, and taking
 * it, with a lease, is one statement. See docs/decisions.
 */
export class RunQueue {
  readonly #knex: Knex;
  readonly #owner: string;

  /** @param owner - names this process, for people who look into the table */
  constructor(knex: Knex, owner: string) {
    this.#knex = knex;
    this.#owner = owner;
  }

  /** Adds a run that anybody may take once the transaction is through. */
  async add(
    tx: Knex.Transaction,
    requestId: string,
    kind: RunRow['kind'],
  ): Promise<void> {
    await tx('runs').insert({
      id: randomUUID(),
      request_id: requestId,
      kind,
      state: 'waiting',
    });
  }

  /**
   * Takes the run that waits longest; undefined when none does.
   *
   * @param full - lanes that have no place now
   */
  async take(full: Lane[] = []): Promise<TakenRun | undefined> {
    const offeringsOf = (kind: RunRow['kind']) =>
      full
        .filter(lane => lane.kind === kind)
        .flatMap(({ offerings }) => offerings);
    const { rows } = await this.#knex.raw<{ rows: TakenRun[] }>(
      `with next as materialized (
          select r.id, q.offering from runs r join requests q on q.id = r.request_id
          where r.state = 'waiting'
            and q.offering <> all(case r.kind
              when 'plan' then cast(:plans as text[]) else cast(:applies as text[]) end)
          order by r.created_at for update of r skip locked limit 1
        )
        update runs set
          state = 'running', lease_owner = :owner, fence = fence + 1,
          lease_until = now() + make_interval(secs => :seconds),
          attempts = attempts + 1, started_at = coalesce(started_at, now())
        from next where runs.id = next.id
        returning runs.*, next.offering`,
      {
        owner: this.#owner,
        seconds: leaseSeconds,
        plans: offeringsOf('plan'),
        applies: offeringsOf('apply'),
      },
    );
    return rows[0];
  }

  /**
   * Holds on to a run for another while.
   *
   * @returns whether it is to be cancelled
   * @throws LeaseLostError
   */
  async renew(run: RunRow): Promise<boolean> {
    const { rows } = await this.#knex.raw<{ rows: { cancel: boolean }[] }>(
      `update runs set lease_until = now() + make_interval(secs => :seconds)
        where id = :id and fence = :fence and state = 'running'
        returning cancel`,
      { id: run.id, fence: run.fence, seconds: leaseSeconds },
    );
    if (!rows[0]) throw new LeaseLostError(run);
    return rows[0].cancel;
  }

  /** Writes down how far a run is. @throws LeaseLostError */
  async note(run: RunRow, steps: Step[]): Promise<void> {
    const written = await this.#knex('runs')
      .where({ id: run.id, fence: run.fence, state: 'running' })
      .update({ steps: JSON.stringify(steps) });
    if (written === 0) throw new LeaseLostError(run);
  }

  /**
   * Ends a run, as part of the transaction that says what came of it.
   *
   * @throws LeaseLostError, so that nothing of the transaction happens
   */
  async end(
    tx: Knex.Transaction,
    run: RunRow,
    state: 'done' | 'failed' | 'interrupted' | 'cancelled',
    error?: string,
  ): Promise<void> {
    const ended = await tx('runs')
      .where({ id: run.id, fence: run.fence, state: 'running' })
      .update({
        state,
        error: error ?? null,
        ended_at: tx.fn.now(),
        lease_until: null,
      });
    if (ended === 0) throw new LeaseLostError(run);
  }

  /** Ends an abandoned run that is not to be done again. @throws LeaseLostError when it was not abandoned after all */
  async bury(
    tx: Knex.Transaction,
    run: RunRow,
    state: 'interrupted' | 'cancelled',
    error?: string,
  ): Promise<void> {
    const buried = await tx('runs')
      .where({ id: run.id, fence: run.fence, state: 'running' })
      .where('lease_until', '<', tx.fn.now())
      .update({
        state,
        error: error ?? null,
        ended_at: tx.fn.now(),
        lease_until: null,
      });
    if (buried === 0) throw new LeaseLostError(run);
  }

  /** Gives up the lease, so that others need not wait for its end. */
  async abandon(run: RunRow): Promise<void> {
    await this.#knex('runs')
      .where({ id: run.id, fence: run.fence, state: 'running' })
      .update({ lease_until: this.#knex.raw("now() - interval '1 second'") });
  }

  /** Stops what waits or runs for a request; a running one stops where nothing is half done. */
  async cancel(tx: Knex.Transaction, requestId: string): Promise<void> {
    await tx('runs')
      .where({ request_id: requestId, state: 'waiting' })
      .update({ state: 'cancelled', ended_at: tx.fn.now() });
    await tx('runs')
      .where({ request_id: requestId, state: 'running' })
      .update({ cancel: true });
  }

  /** Those of some holders that are runs, and have ended. */
  async endedAmong(holders: string[]): Promise<string[]> {
    return this.#knex('runs')
      .whereRaw('id::text = any(?)', [holders])
      .whereNotIn('state', ['waiting', 'running'])
      .pluck('id');
  }

  /** Runs whose process is gone: nobody renewed their lease. */
  async abandoned(): Promise<RunRow[]> {
    return this.#knex<RunRow>('runs')
      .where({ state: 'running' })
      .where('lease_until', '<', this.#knex.fn.now());
  }

  /** Lets anybody take an abandoned run again. False when somebody else was quicker. */
  async putBack(run: RunRow): Promise<boolean> {
    const put = await this.#knex('runs')
      .where({ id: run.id, fence: run.fence, state: 'running' })
      .where('lease_until', '<', this.#knex.fn.now())
      .update({ state: 'waiting', lease_until: null, lease_owner: null });
    return put > 0;
  }

  /**
   * How long a step usually takes: the median of those that the newest hundred
   * runs for such requests brought to an end. What an engine calls a step has to
   * be the same for every resource, so that there are others to compare with.
   */
  async stepTimings(
    offering: string,
    kind: RequestKind,
  ): Promise<StepTiming[]> {
    const { rows } = await this.#knex.raw<{ rows: StepTiming[] }>(
      `select kind, step ->> 'title' as title,
          percentile_disc(0.5) within group (order by extract(epoch from
            (step ->> 'endedAt')::timestamptz - (step ->> 'startedAt')::timestamptz
          )::float8) as seconds
        from (
          select r.kind, r.steps
          from runs r join requests q on q.id = r.request_id
          where q.offering = :offering and q.kind = :kind and r.state = 'done'
          order by r.ended_at desc limit 100
        ) newest, jsonb_array_elements(newest.steps) as step
        where step ->> 'state' = 'done' and step ->> 'endedAt' is not null
        group by kind, title`,
      { offering, kind },
    );
    return rows;
  }

  /** How long the newest hundred applied requests of each offering took from approval. */
  async timings(offerings: string[]): Promise<Map<string, OfferingTiming>> {
    const { rows } = await this.#knex.raw<{
      rows: (OfferingTiming & { offering: string })[];
    }>(
      `select offering, timing.*
        from unnest(:offerings::text[]) as asked (offering)
        cross join lateral (
          select count(*)::int as samples,
            percentile_disc(0.5) within group (order by seconds) as p50,
            percentile_disc(0.9) within group (order by seconds) as p90
          from (
            select extract(epoch from greatest(r.ended_at, q.changed_at) - r.created_at)::float8 as seconds
            from runs r join requests q on q.id = r.request_id
            where q.offering = asked.offering and q.kind = 'create' and q.state = 'done'
              and r.kind = 'apply' and r.state = 'done'
            order by r.ended_at desc limit 100
          ) newest
        ) timing`,
      { offerings },
    );
    return new Map(rows.map(({ offering, ...timing }) => [offering, timing]));
  }
}
