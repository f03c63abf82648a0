import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';

/** How long a program may take for what it is to do, on a machine that does other things as well. */
const patienceMs = 60_000;

/** A program that runs while a repository is looked at, and all that it writes. */
export class RunningProgram {
  /** Its exit code, once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  output = '';
  errors = '';
  readonly #name: string;
  readonly #child: ReturnType<typeof spawn>;

  constructor(
    name: string,
    program: string,
    args: string[],
    options: { cwd: string; env?: NodeJS.ProcessEnv },
  ) {
    this.#name = name;
    this.#child = spawn(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', text => {
      this.output += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', text => {
      this.errors += text;
    });
    this.ended = once(this.#child, 'close').then(([code]) => code);
  }

  /**
   * Waits until something holds.
   *
   * @param forMs - how long it may take, where that is known to be long
   * @throws LaunchFailure with all it wrote when it ended before, or took too long
   */
  async until(
    what: string,
    holds: () => boolean | Promise<boolean>,
    forMs = patienceMs,
  ): Promise<void> {
    const deadline = Date.now() + forMs;
    while (Date.now() < deadline && this.#child.exitCode === null) {
      if (await holds()) return;
      await sleep(20);
    }
    throw new LaunchFailure(
      `${this.#name}: ${what} did not come true:\n${this.output}${this.errors}`,
      'Correct the template.',
    );
  }

  /** Waits until an address answers well. */
  untilAnswers(url: string): Promise<void> {
    return this.until(`${url} answers`, async () => {
      const response = await fetch(url).catch(() => undefined);
      return response?.ok ?? false;
    });
  }

  /** Asks it to end, and makes it end when it does not. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
}
