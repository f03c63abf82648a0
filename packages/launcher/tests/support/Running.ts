import type { ChildProcess } from 'node:child_process';

/** A command that was started: what it has said so far, and how it ended. */
export class Running {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  #said = '';

  constructor(child: ChildProcess) {
    this.process = child;
    const hear = (chunk: Buffer) => {
      this.#said += chunk;
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    this.ended = new Promise(resolve => {
      child.once('close', code => resolve(code));
    });
  }

  get said(): string {
    return this.#said;
  }

  /** Settles when the command has said something that fits; fails when it ends before. */
  async says(pattern: RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (pattern.test(this.#said)) resolve();
      };
      this.process.stdout?.on('data', look);
      this.process.stderr?.on('data', look);
      this.process.once('close', code =>
        reject(
          new Error(
            `Ended (${code}) without saying ${pattern}:\n${this.#said}`,
          ),
        ),
      );
      look();
    });
  }
}
