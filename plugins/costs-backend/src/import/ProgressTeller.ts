import type { ImportProgress } from '@waymark/plugin-costs-common';

type Stage = ImportProgress['stage'];

const stages: Stage[] = ['checking', 'summing', 'storing', 'allocating'];

/** Often enough for who looks, and seldom enough for the database. */
const usualEveryMs = 1_000;

/** Tells how far an import is: each stage when it begins, and its bytes now and then. */
export class ProgressTeller {
  readonly #tell: (progress: ImportProgress) => Promise<void>;
  readonly #everyMs: number;
  #progress: ImportProgress | undefined;
  #toldAt = 0;
  #telling: Promise<void> | undefined;

  /** @param tell - where it fails, the work goes on all the same */
  constructor(
    tell: (progress: ImportProgress) => Promise<void>,
    everyMs = usualEveryMs,
  ) {
    this.#tell = tell;
    this.#everyMs = everyMs;
  }

  /**
   * Says that a stage begins.
   *
   * @param total - bytes that are to be worked on, where somebody knows
   */
  async begin(stage: Stage, total?: number): Promise<void> {
    this.#progress = {
      stage,
      step: stages.indexOf(stage) + 1,
      steps: stages.length,
      ...(total === undefined ? {} : { done: 0, total }),
    };
    // What is told of the stage before does not come after it.
    await this.#telling;
    await this.#tellNow();
  }

  /** Says that so many bytes more are worked on. */
  advance(bytes: number): void {
    if (this.#progress?.done === undefined) return;
    this.#progress.done += bytes;
    const isSoon = Date.now() - this.#toldAt < this.#everyMs;
    if (!isSoon && !this.#telling) this.#tellNow();
  }

  #tellNow(): Promise<void> {
    if (!this.#progress) return Promise.resolve();
    this.#toldAt = Date.now();
    // Whoever lost the import, or its database, learns so by other ways.
    this.#telling = this.#tell({ ...this.#progress })
      .catch(() => undefined)
      .finally(() => {
        this.#telling = undefined;
      });
    return this.#telling;
  }
}
