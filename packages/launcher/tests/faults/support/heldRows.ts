import type pg from 'pg';
import { until } from './until.ts';

const lock = 7_120;

/**
 * Settings of a portal whose work is held: the server does not cut what waits,
 * however long the rest takes, and a plugin has connections for what goes on.
 */
export const mayStandStill = {
  APP_CONFIG_waymark_database_statementTimeout: '{"minutes":10}',
  APP_CONFIG_waymark_database_queryTimeout: '{"minutes":10}',
  APP_CONFIG_waymark_database_poolSize: '10',
};

/** What is held: the statement that writes such a row waits. */
export type Held = {
  /** With its schema. */
  table: string;
  on: 'insert' | 'update';
  /** SQL over the row as it is to be, `new`; nobody else's text. */
  when: string;
  /** A query for how the work stands, a `line` for each piece: told where nothing is held in time. */
  shows: string;
};

/**
 * Holds rows in the database: who writes one waits with its transaction open,
 * so that a kill surely comes between what was done before and its record.
 */
export class HeldRows {
  readonly #connect: () => Promise<pg.Client>;
  readonly #client: pg.Client;
  readonly #shows: string;

  private constructor(
    connect: () => Promise<pg.Client>,
    client: pg.Client,
    shows: string,
  ) {
    this.#connect = connect;
    this.#client = client;
    this.#shows = shows;
  }

  /** From now on what writes such a row stands still. One hold at a time. */
  static async of(
    held: Held,
    connect: () => Promise<pg.Client>,
  ): Promise<HeldRows> {
    const client = await connect();
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query(`
      create function public.hold_row() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock(${lock});
          return new;
        end
      $$;
      create trigger hold_row before ${held.on} on ${held.table}
        for each row when (${held.when}) execute function public.hold_row();
    `);
    return new HeldRows(connect, client, held.shows);
  }

  /**
   * Waits until this many stand still. Those that came first must bear to wait
   * for the last: see `mayStandStill`.
   *
   * @returns what their connections are named
   */
  async hold(count: number): Promise<string[]> {
    let names: string[] = [];
    try {
      await until(`${count} are held`, async () => {
        const { rows } = await this.#client.query<{ name: string }>(
          `select application_name as name
           from pg_locks join pg_stat_activity using (pid)
           where locktype = 'advisory' and objid = $1 and not granted`,
          [lock],
        );
        names = rows.map(({ name }) => name);
        return names.length === count || `${names.length} are`;
      });
    } catch (error) {
      // A server that is gone has nothing to show.
      const { rows } = await this.#client
        .query<{ line: string }>(this.#shows)
        .catch(() => ({ rows: [] }));
      await this.end();
      const lines = rows.map(({ line }) => `\n  ${line}`).join('');
      throw new Error(`${(error as Error).message}, and there is:${lines}`);
    }
    return names;
  }

  /** Lets all write again. What still waits belongs to the dead: it must never be recorded. */
  async end(): Promise<void> {
    // The lock is let go last, and not at all where the server died with it.
    const alive = await this.#client.query('select 1').then(
      () => true,
      () => false,
    );
    const client = alive ? this.#client : await this.#connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and objid = $1 and not granted`,
      [lock],
    );
    await client.query('drop function public.hold_row cascade');
    await client.end();
  }
}
