import type { Knex } from 'knex';

/** That one replica works on a backfill; a later one has a higher fence. */
export type Lease = { id: string; fence: number };

/** A backfill that one replica works on. */
export type ClaimedBackfill = Lease & {
  since: Date;
  /** How often it was taken since it last got on, this time included. */
  attempts: number;
};

/** A project that is still to be read. */
export type OpenProject = { project: string; cursor?: string };

/** Another replica has taken the backfill over, or a person cancelled it. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another replica works on this backfill, or it was cancelled');
    this.name = 'LeaseLostError';
  }
}

/** A replica that says nothing for so long has died. */
const leaseSeconds = 60;
const longestMessage = 2000;
const uniqueViolation = '23505';

/**
 * Which replica works on which backfill. Whoever works on one names its lease
 * in every statement: once another replica has taken it, or a person has
 * cancelled it, nothing of the first is written any more.
 */
export class BackfillLeases {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Takes the backfill whose replica died, or else the oldest that is due. */
  async claim(source: string): Promise<ClaimedBackfill | undefined> {
    try {
      const { rows } = await this.#knex.raw<{
        rows: { id: string; fence: number; since: Date; attempts: number }[];
      }>(
        `update backfills set state = 'running', fence = fence + 1,
            attempts = attempts + 1, waits_until = null, message = null,
            leased_until = now() + :lease * interval '1 second'
          where id = (
            select b.id from backfills b
            where b.source = :source and (
              (b.state = 'running' and b.leased_until < now())
              or (b.state = 'waiting' and b.due_at <= now() and not exists (
                select 1 from backfills r
                where r.source = b.source and r.state = 'running')))
            order by b.state = 'running' desc, b.id
            limit 1 for update skip locked
          )
          returning id, fence, since, attempts`,
        { source, lease: leaseSeconds },
      );
      return rows.map(row => ({ ...row, id: String(row.id) }))[0];
    } catch (error) {
      // Another replica took another one of the source in the same moment.
      if ((error as { code?: string }).code === uniqueViolation) {
        return undefined;
      }
      throw error;
    }
  }

  /** The project that comes next, and where to go on in it. */
  async nextProject({ id }: Lease): Promise<OpenProject | undefined> {
    const row = await this.#knex('backfill_projects')
      .where({ backfill_id: id, state: 'waiting' })
      .orderBy('position')
      .first('project', 'cursor');
    return row && { project: row.project, cursor: row.cursor ?? undefined };
  }

  /**
   * Says, in the transaction that stores a page, that it is stored.
   *
   * @param page.cursor - of the next page; without one the project is read
   * @throws LeaseLostError when it must not be stored
   */
  async keep(
    tx: Knex,
    lease: Lease,
    project: string,
    page: { cursor?: string; facts: number },
  ): Promise<void> {
    await this.#hold(tx, lease, { attempts: 0, waits_until: null });
    await tx.raw(
      `update backfill_projects set cursor = :cursor, state = :state,
          pages = pages + 1, facts = facts + :facts
        where backfill_id = :id and project = :project`,
      {
        id: lease.id,
        project,
        facts: page.facts,
        cursor: page.cursor ?? null,
        state: page.cursor === undefined ? 'done' : 'waiting',
      },
    );
  }

  /** @throws LeaseLostError */
  async failProject(
    lease: Lease,
    project: string,
    message: string,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await this.#hold(tx, lease, { attempts: 0 });
      await tx('backfill_projects')
        .where({ backfill_id: lease.id, project })
        .update({ state: 'failed', message: message.slice(0, longestMessage) });
    });
  }

  /**
   * Says that the backfill is still being worked on.
   *
   * @param waitsUntil - until when the system wants no questions
   * @throws LeaseLostError
   */
  async renew(lease: Lease, waitsUntil?: Date): Promise<void> {
    await this.#hold(
      this.#knex,
      lease,
      waitsUntil ? { waits_until: waitsUntil } : {},
    );
  }

  /**
   * Puts the backfill back, to be taken later by whoever comes.
   *
   * @param options.message - why, where people should know
   * @throws LeaseLostError
   */
  async putBack(
    lease: Lease,
    options: { dueAt: Date; message?: string },
  ): Promise<void> {
    await this.#hold(this.#knex, lease, {
      state: 'waiting',
      due_at: options.dueAt,
      waits_until: options.message ? options.dueAt : null,
      message: options.message ?? null,
    });
  }

  /**
   * Ends a backfill none of whose projects is still to be read.
   *
   * @throws LeaseLostError
   */
  async finish(lease: Lease): Promise<void> {
    const { rows } = await this.#knex.raw<{
      rows: { failed: string; total: string }[];
    }>(
      `select count(*) filter (where state = 'failed') as failed, count(*) as total
        from backfill_projects where backfill_id = ?`,
      [lease.id],
    );
    const [{ failed, total }] = rows;
    await this.#hold(this.#knex, lease, {
      state: Number(failed) > 0 ? 'failed' : 'done',
      finished_at: this.#knex.fn.now(),
      message:
        Number(failed) > 0
          ? `${failed} of ${total} projects could not be read; resume it once what stood in the way is mended`
          : null,
    });
  }

  async #hold(knex: Knex, lease: Lease, changes: object): Promise<void> {
    const held = await knex('backfills')
      .where({ id: lease.id, fence: lease.fence, state: 'running' })
      .update({
        leased_until: knex.raw(`now() + ? * interval '1 second'`, [
          leaseSeconds,
        ]),
        ...changes,
      });
    if (held === 0) throw new LeaseLostError();
  }
}
