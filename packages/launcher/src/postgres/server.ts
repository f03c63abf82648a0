import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { freePort } from '../ports.ts';
import { databaseAccount, type Account } from './account.ts';
import { postgresBinaries } from './binaries.ts';

/** A database server the portal may use. */
export type Database = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Stops the server when it is ours; does nothing to one that was given. */
  stop(): Promise<void>;
};

type Result = { code: number | null; output: string };

/**
 * Runs a PostgreSQL program to its end. Output goes to a file, because a server
 * that `pg_ctl` leaves behind would keep a pipe open for ever.
 */
async function run(
  account: Account,
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Result> {
  await fs.mkdir(paths.logs, { recursive: true });
  const log = path.join(paths.logs, `postgres-${path.basename(program)}.log`);
  const file = await fs.open(log, 'w');
  const [command, commandArgs] = account.command(program, args);
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      cwd: '/',
      env: { ...process.env, ...env, LC_ALL: 'C' },
      stdio: ['ignore', file.fd, file.fd],
      // Ctrl-C must not reach the server before the portal has let go of it.
      detached: true,
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  await file.close();
  return { code, output: await fs.readFile(log, 'utf8') };
}

function explain(output: string, log: string): LaunchFailure {
  if (/No space left on device/i.test(output)) {
    return new LaunchFailure(
      'PostgreSQL could not start: the disk is full.',
      'Free some space on this disk and run the same command again.',
    );
  }
  if (
    /incompatible with server|initialized by PostgreSQL version/i.test(output)
  ) {
    return new LaunchFailure(
      'The data on this machine was written by another major version of PostgreSQL.',
      'Dump and restore it, or start over with: npm run reset -- --data',
    );
  }
  const reason = output
    .split('\n')
    .filter(line => /FATAL|error:|could not/i.test(line))
    .at(-1);
  return new LaunchFailure(
    `PostgreSQL could not start${reason ? `: ${reason.trim()}` : '.'}`,
    `Read ${path.relative(
      paths.root,
      log,
    )}; npm run reset -- --data starts over with an empty database.`,
  );
}

/** Serves the embedded PostgreSQL whose data lives in the launcher's folder. */
export class EmbeddedPostgres {
  readonly #bin = postgresBinaries();
  readonly #account = databaseAccount();
  readonly #folder: string;
  readonly #data: string;
  readonly #log: string;
  readonly #password: string;
  readonly #settings: string[];

  constructor(options: {
    password: string;
    /** Where the data lives; the portal's own folder when not given. */
    folder?: string;
    /** Of the server, as "name=value", on top of those it always has. */
    settings?: string[];
  }) {
    this.#password = options.password;
    this.#settings = options.settings ?? [];
    this.#folder = options.folder ?? paths.postgres;
    this.#data = path.join(this.#folder, '18');
    this.#log = path.join(this.#folder, 'server.log');
  }

  /**
   * Starts the server, or takes over the one a killed launcher left running.
   *
   * @param wanted.port - where to listen; any free port when it is not given
   */
  async start(wanted: { port?: number } = {}): Promise<Database> {
    await this.#initialise();
    const port =
      (await this.#runningPort()) ?? (await this.#startServer(wanted.port));
    await this.#ensureDatabase(port);
    return { ...this.#connection(port), stop: () => this.stop() };
  }

  /** Whether a server serves this data already. */
  async isRunning(): Promise<boolean> {
    return (await this.#control(['status'])).code === 0;
  }

  /** Stops the server; open transactions are rolled back. */
  async stop(): Promise<void> {
    await this.#control(['stop', '-m', 'fast', '-w', '-t', '20']);
  }

  #connection(port: number) {
    return {
      host: '127.0.0.1',
      port,
      user: 'waymark',
      password: this.#password,
      database: 'waymark',
    };
  }

  #control(args: string[]): Promise<Result> {
    return run(this.#account, path.join(this.#bin, 'pg_ctl'), [
      '-D',
      this.#data,
      ...args,
    ]);
  }

  async #own(file: string): Promise<void> {
    const { uid, gid } = this.#account;
    if (uid !== undefined && gid !== undefined) await fs.chown(file, uid, gid);
  }

  async #initialise(): Promise<void> {
    if (await exists(path.join(this.#data, 'PG_VERSION'))) return;
    await fs.mkdir(this.#folder, { recursive: true });
    await this.#own(this.#folder);
    // Made beside and renamed: an initdb that was killed leaves no half of a database behind.
    const partial = `${this.#data}.partial`;
    await fs.rm(partial, { recursive: true, force: true });
    await fs.mkdir(partial, { mode: 0o700 });
    await this.#own(partial);
    const passwordFile = path.join(this.#folder, 'initial-password');
    await fs.writeFile(passwordFile, this.#password, { mode: 0o600 });
    await this.#own(passwordFile);
    const result = await run(this.#account, path.join(this.#bin, 'initdb'), [
      '-D',
      partial,
      '-U',
      'waymark',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ]);
    await fs.rm(passwordFile, { force: true });
    if (result.code !== 0) {
      throw explain(
        result.output,
        path.join(paths.logs, 'postgres-initdb.log'),
      );
    }
    await fs.rename(partial, this.#data);
  }

  /** The port of a server that already serves this data and lets us in. */
  async #runningPort(): Promise<number | undefined> {
    if (!(await this.isRunning())) return undefined;
    const lines = await fs
      .readFile(path.join(this.#data, 'postmaster.pid'), 'utf8')
      .then(text => text.split('\n'))
      .catch(() => []);
    const port = Number(lines[3]);
    if (port && (await answers(this.#connection(port)))) return port;
    // It runs but does not answer: stopped by a debugger, or still recovering. Begin afresh.
    await this.#control(['stop', '-m', 'immediate', '-w', '-t', '10']);
    return undefined;
  }

  async #startServer(wanted?: number): Promise<number> {
    // After `kill -9` of the server its workers need a moment to see that it is gone.
    for (let attempt = 1; ; attempt += 1) {
      await this.#dropForeignLock();
      const port = wanted ?? (await freePort());
      const { code } = await this.#control([
        'start',
        '-w',
        '-t',
        '60',
        '-l',
        this.#log,
        '-o',
        [
          `-p ${port}`,
          '-c listen_addresses=127.0.0.1',
          "-c unix_socket_directories=''",
          '-c max_connections=200',
          ...this.#settings.map(setting => `-c ${setting}`),
        ].join(' '),
      ]);
      if (code === 0) return port;
      if (attempt === 10) {
        const output = await fs.readFile(this.#log, 'utf8').catch(() => '');
        throw explain(output.slice(-4_000), this.#log);
      }
      await delay(500);
    }
  }

  /** A lock file may name a process id that another program got since. */
  async #dropForeignLock(): Promise<void> {
    const lock = path.join(this.#data, 'postmaster.pid');
    const pid = Number.parseInt(
      await fs.readFile(lock, 'utf8').catch(() => ''),
      10,
    );
    if (!pid || process.platform !== 'linux') return;
    const program = await fs
      .readFile(`/proc/${pid}/cmdline`, 'utf8')
      .catch(() => '');
    if (!program.includes('postgres')) await fs.rm(lock, { force: true });
  }

  async #ensureDatabase(port: number): Promise<void> {
    const connection = this.#connection(port);
    const client = new pg.Client({ ...connection, database: 'postgres' });
    await client.connect();
    try {
      await ensureDatabase(client, connection.database);
    } finally {
      await client.end();
    }
  }
}

/** Makes a database where there is none of that name. */
export async function ensureDatabase(
  client: pg.Client,
  name: string,
): Promise<void> {
  const { rowCount } = await client.query(
    'select 1 from pg_database where datname = $1',
    [name],
  );
  if (rowCount) return;
  await client.query(`create database ${client.escapeIdentifier(name)}`);
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
