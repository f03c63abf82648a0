import { heardBy, listener, type Listener } from '../console/progress.ts';
import { runPhase, type Finished, type Phase } from './phase.ts';

/**
 * Lets parts that run at the same time speak one after the other, in their
 * order: the first that has not ended is heard at once, the others afterwards.
 */
class InTurn {
  readonly #hear: Listener;
  readonly #parts: { said: string; ended: boolean }[];
  #turn = 0;

  constructor(count: number, hear: Listener) {
    this.#hear = hear;
    this.#parts = Array.from({ length: count }, () => ({
      said: '',
      ended: false,
    }));
  }

  says(index: number, text: string): void {
    this.#parts[index].said += text;
    this.#hearTurn();
  }

  ends(index: number): void {
    this.#parts[index].ended = true;
    this.#hearTurn();
  }

  #hearTurn(): void {
    for (; this.#turn < this.#parts.length; this.#turn += 1) {
      const part = this.#parts[this.#turn];
      if (part.said) this.#hear(part.said);
      part.said = '';
      if (!part.ended) return;
    }
  }
}

/**
 * Runs the parts of `npm test`, as many at a time as fill the cores. They
 * begin in their order, but one that needs fewer cores goes before one that
 * still has to wait for more.
 *
 * @returns how each ended, in the order of the parts
 */
export async function runPhases(
  phases: Phase[],
  cores: number,
): Promise<Finished[]> {
  const voices = new InTurn(phases.length, listener());
  const waiting = phases.map((phase, index) => ({
    phase,
    index,
    needed: Math.min(phase.cores, cores),
  }));
  /** How many cores each of those that run needs. */
  const running = new Map<Promise<void>, number>();
  const finished: Finished[] = [];

  const run = async (phase: Phase, index: number) => {
    finished[index] = await heardBy(
      text => voices.says(index, text),
      () => runPhase(phase),
    );
    voices.ends(index);
  };

  while (waiting.length || running.size) {
    const free = [...running.values()].reduce((sum, n) => sum - n, cores);
    const next = waiting.findIndex(({ needed }) => needed <= free);
    if (next < 0) {
      await Promise.race(running.keys());
    } else {
      const [{ phase, index, needed }] = waiting.splice(next, 1);
      const one: Promise<void> = run(phase, index).finally(() =>
        running.delete(one),
      );
      running.set(one, needed);
    }
  }
  return finished;
}
