import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { until } from './until.ts';

/**
 * Moments at which a task has done something that its row does not tell yet:
 * what a kill at that moment leaves, the recovery must find out by itself.
 */
export const moments = {
  'files-written': `new.state like '%"render":{"status":"completed"%'`,
  published: `new.state like '%checkpoint.publish.%'`,
  registered: `new.state like '%"register":{"status":"completed"%'`,
  finished: `new.status = 'completed'`,
} as const;

export type Moment = keyof typeof moments;

const lock = 7_120;

/** Connects to the embedded database of a launcher's folder, as the launcher does. */
export async function connectTo(home: string): Promise<pg.Client> {
  const data = path.join(home, 'data');
  const read = (...file: string[]) =>
    fs.readFile(path.join(data, ...file), 'utf8');
  const { postgresPassword } = JSON.parse(await read('secrets.json'));
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(
      (await read('postgres', '18', 'postmaster.pid')).split('\n')[3],
    ),
    user: 'waymark',
    password: postgresPassword,
    database: 'waymark',
  });
  // A test that kills the server loses this connection as well.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Holds scaffolder tasks in the database: the statement that would record a
 * moment waits, so that a kill surely comes between the deed and its record.
 */
export class HeldTasks {
  readonly #home: string;
  readonly #client: pg.Client;

  private constructor(home: string, client: pg.Client) {
    this.#home = home;
    this.#client = client;
  }

  /** From now on tasks whose service is named `<prefix>-<moment>` stop at that moment. */
  static async at(home: string, prefix: string): Promise<HeldTasks> {
    const client = await connectTo(home);
    const conditions = Object.entries(moments).map(
      ([moment, condition]) =>
        `(new.spec like '%"${prefix}-${moment}"%' and ${condition})`,
    );
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query(`
      create function public.hold_task() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock(${lock});
          return new;
        end
      $$;
      create trigger hold_task before update on scaffolder.tasks
        for each row when (${conditions.join(' or ')})
        execute function public.hold_task();
    `);
    return new HeldTasks(home, client);
  }

  /** Waits until this many tasks stand still. */
  async hold(count: number): Promise<void> {
    try {
      await this.#stand(count);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  #stand(count: number): Promise<void> {
    return until(`${count} tasks are held`, 15_000, async () => {
      const { rowCount } = await this.#client.query(
        `select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
        [lock],
      );
      return rowCount === count;
    });
  }

  /** Lets tasks run again. What still waits belongs to the dead: it must never be recorded. */
  async end(): Promise<void> {
    // The lock is let go last, and not at all where the server died with it.
    const alive = await this.#client.query('select 1').then(
      () => true,
      () => false,
    );
    const client = alive ? this.#client : await connectTo(this.#home);
    await client.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and objid = $1 and not granted`,
      [lock],
    );
    await client.query('drop function public.hold_task cascade');
    await client.end();
  }
}
