import type {
  Import,
  ImportProgress,
  ImportReport,
  ImportState,
  StrayChoice,
  Withdrawal,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { storable } from './storable';

/** An import as the database has it. */
export type ImportRow = {
  id: string;
  number: string;
  source: string;
  filename: string;
  bytes: string;
  digest: string;
  strays: StrayChoice;
  state: ImportState;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  error: string | null;
  report: ImportReport | null;
  withdrawal: Withdrawal | null;
  progress: ImportProgress | null;
  lease_owner: string | null;
  lease_until: Date | null;
  fence: number;
};

/** Thrown when another backend holds the import by now: whoever gets it stops, and writes nothing. */
export class LeaseLostError extends Error {
  constructor(id: string) {
    super(`Another backend has import ${id} by now`);
  }
}

const leaseSeconds = 30;
const worked = ['reading', 'storing'];
const open = ['waiting', ...worked];

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Reports quote what files and people say, and they may say what cannot be stored. */
const jsonOf = (said: ImportReport | Withdrawal) =>
  JSON.stringify(said, (_, value) =>
    typeof value === 'string' ? storable(value) : value,
  );

/** As the API tells it. */
export function toImport(row: ImportRow): Import {
  return {
    id: row.id,
    source: row.source,
    filename: row.filename,
    bytes: Number(row.bytes),
    state: row.state,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    error: row.error,
    ...(row.report ? { report: row.report } : {}),
    ...(row.withdrawal ? { withdrawal: row.withdrawal } : {}),
    ...(row.progress && worked.includes(row.state)
      ? { progress: row.progress }
      : {}),
  };
}

/** The imports, which are their own queue: taking one, with a lease, is one statement. */
export class ImportStore {
  readonly #knex: Knex;
  readonly #owner: string;

  /** @param owner - names this process, for people who look into the table */
  constructor(knex: Knex, owner: string) {
    this.#knex = knex;
    this.#owner = owner;
  }

  async add(
    row: Pick<
      ImportRow,
      'id' | 'source' | 'filename' | 'digest' | 'strays' | 'created_by'
    > & { bytes: number },
    knex: Knex = this.#knex,
  ): Promise<ImportRow> {
    const [added] = await knex('imports')
      .insert({ ...row, state: 'waiting' })
      .returning('*');
    return added;
  }

  async find(id: string): Promise<ImportRow | undefined> {
    return this.#knex('imports').where({ id }).first();
  }

  async list(query: {
    source?: string;
    state?: ImportState;
    limit: number;
    offset: number;
  }): Promise<{ rows: ImportRow[]; total: number }> {
    const { source, state, limit, offset } = query;
    const chosen = this.#knex('imports').where(builder => {
      if (source) builder.where({ source });
      if (state) builder.where({ state });
    });
    const [rows, [{ total }]] = await Promise.all([
      chosen
        .clone()
        .select('*')
        .orderBy('number', 'desc')
        .limit(limit)
        .offset(offset),
      chosen.clone().count({ total: '*' }),
    ]);
    return { rows, total: Number(total) };
  }

  /** Ids of imports that nobody works on and that are not done. */
  async waiting(): Promise<string[]> {
    const rows = await this.#knex('imports')
      .whereIn('state', open)
      .where(builder =>
        builder
          .whereNull('lease_until')
          .orWhere('lease_until', '<', this.#knex.fn.now()),
      )
      .orderBy('number')
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** Ids of all imports whose files are still needed. */
  async open(): Promise<string[]> {
    const rows = await this.#knex('imports')
      .whereIn('state', open)
      .select('id');
    return rows.map(({ id }) => id);
  }

  /**
   * Takes the oldest of the imports, unless another backend was faster. Files
   * of one source are read one after the other, in the order they came.
   */
  async take(ids: string[]): Promise<ImportRow | undefined> {
    const { rows } = await this.#knex.raw<{ rows: ImportRow[] }>(
      `with next as materialized (
          select id from imports i
          where id = any(:ids) and state = any(:open)
            and (lease_until is null or lease_until < now())
            and not exists (select 1 from imports o where o.source = i.source
              and o.number < i.number and o.state = any(:open))
          order by number for update skip locked limit 1
        )
        update imports set state = 'reading', lease_owner = :owner, progress = null,
          fence = fence + 1, started_at = coalesce(started_at, now()),
          lease_until = now() + make_interval(secs => :seconds)
        from next where imports.id = next.id
        returning imports.*`,
      { ids, open, owner: this.#owner, seconds: leaseSeconds },
    );
    return rows[0];
  }

  /** Holds on to an import for another while. @throws LeaseLostError */
  async renew(row: ImportRow): Promise<void> {
    await this.#update(this.#knex, row, {
      lease_until: this.#knex.raw('now() + make_interval(secs => ?)', [
        leaseSeconds,
      ]),
    });
  }

  /** Says in which state an import is. @throws LeaseLostError */
  async note(row: ImportRow, state: 'reading' | 'storing'): Promise<void> {
    await this.#update(this.#knex, row, { state });
  }

  /** Says how far an import is in its state; nothing of one that another backend has by now. */
  async tell(row: ImportRow, progress: ImportProgress): Promise<void> {
    await this.#knex('imports')
      .where({ id: row.id, fence: row.fence })
      .whereIn('state', worked)
      .update({ progress: JSON.stringify(progress) });
  }

  /** Ends an import, in the transaction that says what came of it. @throws LeaseLostError */
  async end(
    tx: Knex,
    row: ImportRow,
    end: {
      state: 'done' | 'unchanged' | 'failed';
      error?: string;
      report?: ImportReport;
    },
  ): Promise<void> {
    await this.#update(tx, row, {
      state: end.state,
      error: end.error ? storable(end.error) : null,
      report: end.report ? jsonOf(end.report) : null,
      ended_at: tx.fn.now(),
      lease_until: null,
    });
  }

  /** Gives an import back, so that others need not wait for the end of the lease. */
  async abandon(row: ImportRow): Promise<void> {
    await this.#knex('imports')
      .where({ id: row.id, fence: row.fence })
      .whereIn('state', open)
      .update({ state: 'waiting', lease_until: null });
  }

  /** Ends an import that cannot be worked off, for no fault of its file. */
  async giveUpOn(row: ImportRow): Promise<void> {
    await this.end(this.#knex, row, {
      state: 'failed',
      error: `The file could not be imported in ${row.fence} attempts, for a reason that stands in the log of the portal. Send it again`,
    });
  }

  /** Ends an import for somebody; whoever reads it loses it. @returns false when it is over */
  async cancel(id: string, by: string): Promise<boolean> {
    const updated = await this.#knex('imports')
      .where({ id })
      .whereIn('state', open)
      .update({
        state: 'failed',
        error: `${by} cancelled it; nothing of it counts`,
        ended_at: this.#knex.fn.now(),
        lease_until: null,
      });
    return updated > 0;
  }

  /** An import that nobody else changes until the end of the transaction. */
  async hold(tx: Knex.Transaction, id: string): Promise<ImportRow | undefined> {
    return tx('imports').where({ id }).forUpdate().first();
  }

  /** Says that an import that was done does not count any more. */
  async withdraw(
    tx: Knex.Transaction,
    id: string,
    withdrawal: Withdrawal,
  ): Promise<ImportRow> {
    const [row] = await tx('imports')
      .where({ id })
      .update({ state: 'withdrawn', withdrawal: jsonOf(withdrawal) })
      .returning('*');
    return row;
  }

  /** Whether nothing happens to an import any more. */
  async isOver(id: string): Promise<boolean> {
    const row = await this.find(id);
    return !row || !open.includes(row.state);
  }

  /** Ends imports whose file no backend has: the one that took it in is gone. */
  async giveUp(olderThanSeconds: number): Promise<void> {
    await this.#knex('imports')
      .whereIn('state', open)
      .whereRaw(
        `coalesce(lease_until, created_at) < now() - make_interval(secs => ?)`,
        [olderThanSeconds],
      )
      .update({
        state: 'failed',
        error:
          'The backend that took the file in is gone, and the file with it. Send it again',
        ended_at: this.#knex.fn.now(),
        lease_until: null,
      });
  }

  /** The newest import that was done with the same file in the same way, when everything it brought still counts. */
  async sameAs(tx: Knex, row: ImportRow): Promise<ImportRow | undefined> {
    return tx('imports as i')
      .where({
        source: row.source,
        digest: row.digest,
        strays: row.strays,
        state: 'done',
      })
      .whereRaw(
        `(select count(*) from bills b where b.import_id = i.id and b.current) =
          (select count(distinct p ->> 'billingPeriodStart')
            from jsonb_array_elements(i.report -> 'periods') p)`,
      )
      .orderBy('number', 'desc')
      .first('i.*');
  }

  async #update(tx: Knex, row: ImportRow, values: object): Promise<void> {
    const updated = await tx('imports')
      .where({ id: row.id, fence: row.fence })
      .whereIn('state', open)
      .update(values);
    if (updated === 0) throw new LeaseLostError(row.id);
  }
}
