import type { Offerings } from '../offerings/Offerings';
import type { Lane, RunRow, TakenRun } from '../queue/RunQueue';

/** Of offerings whose file is gone. */
const nobody = '';

/**
 * Counts the runs of this backend by kind and engine: each lane has places of
 * its own, so that what takes half an hour keeps nobody from what takes a second.
 */
export class Lanes {
  readonly #offerings: Pick<Offerings, 'all'>;
  readonly #places: number;
  readonly #busy = new Map<string, number>();

  /** @param places - of each lane */
  constructor(offerings: Pick<Offerings, 'all'>, places: number) {
    this.#offerings = offerings;
    this.#places = places;
  }

  /** Those in which nothing more can begin. */
  full(): Lane[] {
    return [...this.#busy]
      .filter(([, runs]) => runs >= this.#places)
      .map(([key]) => {
        const [kind, engine] = key.split(' ');
        return {
          kind: kind as RunRow['kind'],
          offerings: this.#offerings
            .all()
            .filter(({ file }) => file.spec.engine.name === engine)
            .map(({ name }) => name),
        };
      });
  }

  enter(run: TakenRun): void {
    this.#count(run, 1);
  }

  leave(run: TakenRun): void {
    this.#count(run, -1);
  }

  #count({ kind, offering }: TakenRun, step: number): void {
    const engine =
      this.#offerings.all().find(({ name }) => name === offering)?.file.spec
        .engine.name ?? nobody;
    const key = `${kind} ${engine}`;
    this.#busy.set(key, (this.#busy.get(key) ?? 0) + step);
  }
}
