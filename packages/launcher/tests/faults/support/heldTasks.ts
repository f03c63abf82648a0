import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { HeldRows } from './heldRows.ts';

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
 * Holds scaffolder tasks: from now on those whose service is named
 * `<prefix>-<moment>` stop at that moment.
 */
export function holdTasks(home: string, prefix: string): Promise<HeldRows> {
  const conditions = Object.entries(moments).map(
    ([moment, condition]) =>
      `(new.spec like '%"${prefix}-${moment}"%' and ${condition})`,
  );
  return HeldRows.of(
    {
      table: 'scaffolder.tasks',
      on: 'update',
      when: conditions.join(' or '),
      shows: `
        select concat_ws(' ', spec::json -> 'parameters' ->> 'name', 'is', status, 'after',
          (select string_agg(step, ', ') from json_object_keys(state::json -> 'state' -> 'steps') step)) as line
        from scaffolder.tasks order by created_at`,
    },
    () => connectTo(home),
  );
}
