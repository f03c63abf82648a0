import type { Step } from '@waymark/plugin-infrastructure-common';
import {
  HandedOnError,
  type RunTools,
  type StateAccess,
} from '@waymark/plugin-infrastructure-node';
import { LeaseLostError, type RunQueue, type RunRow } from '../queue/RunQueue';
import { RunLog, type RunLogStore } from './RunLog';

/** Thrown where a run stops because a person wants it to. */
export class StoppedError extends Error {}
const renewEveryMs = 8_000;

type OpenState = (access: 'read' | 'write') => Promise<StateAccess>;

/** One run while this process has it: its lease, its steps and its log. */
export class RunSession {
  readonly run: RunRow;
  readonly log: RunLog;
  readonly #queue: RunQueue;
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #onStep: () => void;
  readonly #openState: OpenState;
  #steps: Step[];
  #isLost = false;
  #noted: Promise<void> = Promise.resolve();

  constructor(options: {
    run: RunRow;
    queue: RunQueue;
    logs: RunLogStore;
    onStep: () => void;
    openState: OpenState;
  }) {
    this.run = options.run;
    this.#queue = options.queue;
    this.#onStep = options.onStep;
    this.#openState = options.openState;
    this.log = new RunLog(options.logs, options.run);
    this.#steps = [];
    this.#timer = setInterval(() => this.#renew(), renewEveryMs);
    this.#timer.unref();
  }

  /** Whether somebody else has the run by now. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** @throws StoppedError or HandedOnError when it is to stop */
  throwIfStopped(): void {
    this.#abort.signal.throwIfAborted();
  }

  /** Stops the engine where nothing is half done: a person wants it to. */
  cancel(): void {
    this.#abort.abort(new StoppedError('The run was stopped'));
  }

  /** Stops the engine, and leaves alone what goes on without it: another backend sees to it. */
  handOn(): void {
    this.#abort.abort(new HandedOnError('The run is left to another backend'));
  }

  /** What the engine gets. */
  tools(): RunTools {
    return {
      signal: this.#abort.signal,
      log: line => this.log.write(line),
      conceal: secret => this.log.conceal(secret),
      step: title => this.step(title),
      state: access => this.#openState(access),
    };
  }

  /** Ends the step before and begins another. @throws LeaseLostError */
  async step(title: string): Promise<void> {
    this.#endStep('done');
    this.#steps.push({
      title: this.log.redact(title),
      state: 'running',
      startedAt: new Date().toISOString(),
    });
    this.log.write(title);
    try {
      await this.#note();
    } catch (error) {
      // The next note tells of this step as well; a database that is away for a moment stops no work.
      if (error instanceof LeaseLostError) throw error;
    }
  }

  /** Ends the last step and the log. @throws LeaseLostError */
  async close(state: 'done' | 'failed'): Promise<void> {
    clearInterval(this.#timer);
    this.#endStep(state);
    await Promise.all([this.log.close(), this.#note()]);
  }

  /** Gives up without a word: somebody else has the run. */
  drop(): void {
    clearInterval(this.#timer);
    this.handOn();
  }

  #endStep(state: 'done' | 'failed'): void {
    const last = this.#steps.at(-1);
    if (last?.state === 'running') {
      last.state = state;
      last.endedAt = new Date().toISOString();
    }
  }

  /** One after the other, so that none overwrites what a later one told. */
  async #note(): Promise<void> {
    const noted = this.#noted
      .catch(() => undefined)
      .then(() => this.#queue.note(this.run, this.#steps));
    this.#noted = noted;
    await noted;
    this.#onStep();
  }

  async #renew(): Promise<void> {
    try {
      if (await this.#queue.renew(this.run)) this.cancel();
    } catch (error) {
      // A database that is away for a moment is tried again; a lease that is lost is lost.
      if (error instanceof LeaseLostError) {
        this.#isLost = true;
        this.drop();
      }
    }
  }
}
