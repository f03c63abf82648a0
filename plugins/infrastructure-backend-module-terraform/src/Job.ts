import { HandedOnError } from '@waymark/plugin-infrastructure-node';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';

/** How a job came to its end. */
export type Ending =
  /** By itself, or by a signal that it took to heart. */
  | { code: number }
  /** Killed, with nobody left who knows how far it came. */
  | 'lost';

const lookEveryMs = 100;
/** Shells report a program that a signal killed by more than this. */
const killed = 128;

/**
 * Keeps the exit code in a file that is renamed into its place, so that it is
 * whole or not there. Signals go to the whole group: the shell waits on.
 */
const script = `
trap : INT TERM
name=$1; shift
{ echo $$; cut -d' ' -f22 /proc/$$/stat 2>/dev/null; } > "$name.pid"
"$@" > "$name.out" 2> "$name.err" < /dev/null
echo $? > "$name.result.part"
mv "$name.result.part" "$name.result"
`;

async function readText(file: string): Promise<string | undefined> {
  return fs.readFile(file, 'utf8').catch(error => {
    // Processes and what tells of them go while one looks.
    if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined;
    throw error;
  });
}

/** Whether any process of the group is there, and it is still the same group. */
async function isAlive(group: number, startedAt: string): Promise<boolean> {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  const stat = await readText(`/proc/${group}/stat`);
  // Without its leader the group lives on in the program that the leader began.
  return !stat || !startedAt || stat.split(' ')[21] === startedAt;
}

/**
 * A program that outlives whoever began it: in a process group of its own, with
 * all that it says in files. Another process can find it again by its folder.
 */
export class Job {
  readonly #path: string;
  readonly #group: number;
  readonly #startedAt: string;

  private constructor(file: string, group: number, startedAt: string) {
    this.#path = file;
    this.#group = group;
    this.#startedAt = startedAt;
  }

  /** Begins a program in a folder; `name` names the files that it leaves there. */
  static async start(options: {
    folder: string;
    name: string;
    program: string;
    args: string[];
    env: Record<string, string>;
  }): Promise<Job> {
    const { folder, name, program, args, env } = options;
    for (const kind of ['pid', 'out', 'err', 'result']) {
      await fs.rm(path.join(folder, `${name}.${kind}`), { force: true });
    }
    const child = spawn(
      '/bin/sh',
      ['-c', script, 'sh', name, program, ...args],
      {
        cwd: folder,
        env,
        detached: true,
        stdio: 'ignore',
      },
    );
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return new Job(path.join(folder, name), Number(child.pid), '');
  }

  /** The job that somebody began in a folder; undefined when there is none. */
  static async find(folder: string, name: string): Promise<Job | undefined> {
    const file = path.join(folder, name);
    const [group, startedAt] =
      (await readText(`${file}.pid`))?.trim().split('\n') ?? [];
    return group ? new Job(file, Number(group), startedAt ?? '') : undefined;
  }

  /**
   * Hands on what the program says, line by line and from the beginning, until
   * it ends. Asks it to stop when the signal says so, and waits.
   *
   * @throws HandedOnError for what `outlives` the backend that follows it:
   *   another one does, and the program does not hear of it
   */
  async follow(options: {
    signal: AbortSignal;
    outlives: boolean;
    onLine: (line: string) => void;
  }): Promise<Ending> {
    const { signal, outlives, onLine } = options;
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let offset = 0;
    let asked = false;
    const read = async () => {
      const file = await fs.open(`${this.#path}.out`).catch(() => undefined);
      if (!file) return;
      try {
        const { size } = await file.stat();
        const buffer = Buffer.alloc(size - offset);
        const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
        offset += bytesRead;
        const lines = (
          rest + decoder.write(buffer.subarray(0, bytesRead))
        ).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onLine);
      } finally {
        await file.close();
      }
    };
    for (;;) {
      if (outlives && signal.reason instanceof HandedOnError) {
        throw signal.reason;
      }
      if (signal.aborted && !asked) {
        asked = true;
        this.#interrupt();
      }
      // Asked before the last words are read, which then are all there.
      const alive = await isAlive(this.#group, this.#startedAt);
      const code = await readText(`${this.#path}.result`);
      await read();
      if (code !== undefined || !alive) {
        if (rest) onLine(rest);
        return code === undefined || Number(code) > killed
          ? 'lost'
          : { code: Number(code) };
      }
      await delay(lookEveryMs);
    }
  }

  /** What it said of its own trouble. */
  async complaints(): Promise<string> {
    return (await readText(`${this.#path}.err`))?.trim() ?? '';
  }

  #interrupt(): void {
    try {
      process.kill(-this.#group, 'SIGINT');
    } catch {
      // It has just ended.
    }
  }
}
