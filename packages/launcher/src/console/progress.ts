import { AsyncLocalStorage } from 'node:async_hooks';
import { LaunchFailure } from '../failure.ts';

/** Takes what is said. */
export type Listener = (text: string) => void;

const terminal: Listener = text => void process.stdout.write(text);
const listeners = new AsyncLocalStorage<Listener>();

/** Who hears what is said here: the terminal, unless `heardBy` gave somebody else. */
export function listener(): Listener {
  return listeners.getStore() ?? terminal;
}

/** Does work whose words go to somebody else than the terminal. */
export function heardBy<T>(hear: Listener, work: () => Promise<T>): Promise<T> {
  return listeners.run(hear, work);
}

/** Whether a line may be written over: not in a log, nor where somebody else listens. */
function isInteractive(): boolean {
  return process.stdout.isTTY && !process.env.CI && listener() === terminal;
}

function seconds(milliseconds: number): string {
  const total = milliseconds / 1000;
  if (total < 10) return `${total.toFixed(1)} s`;
  if (total < 60) return `${Math.round(total)} s`;
  return `${Math.floor(total / 60)} min ${Math.round(total % 60)} s`;
}

/** Prints a line of its own. */
export function say(line = ''): void {
  listener()(`${line}\n`);
}

/**
 * Runs one step and shows it: what it is doing while it runs (on a terminal),
 * how long it took when it is done.
 *
 * @param doing - what the step does, in the present: "Starting PostgreSQL"
 * @param work - the step; what it returns is shown after the tick when it is a string
 */
export async function step<T>(
  doing: string,
  work: (note: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const interactive = isInteractive();
  const show = (text: string) => {
    if (interactive) process.stdout.write(`\r\x1b[2K${text}`);
  };
  show(`  … ${doing}`);
  try {
    const result = await work(detail => show(`  … ${doing}: ${detail}`));
    const done = typeof result === 'string' ? result : doing;
    show('');
    say(
      `  ✓ ${done.padEnd(58)} ${seconds(performance.now() - started).padStart(
        9,
      )}`,
    );
    return result;
  } catch (error) {
    show('');
    throw error;
  }
}

/** Shows a failure as one sentence and its remedy; anything unforeseen with its stack. */
export function showFailure(error: unknown): void {
  if (error instanceof LaunchFailure) {
    process.stderr.write(`\n  ✗ ${error.message}\n    ${error.remedy}\n\n`);
    return;
  }
  const text = error instanceof Error ? error.stack ?? error.message : error;
  process.stderr.write(
    `\n  ✗ Something the launcher did not foresee:\n${text}\n\n`,
  );
}
