import type { Log } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { RunRow } from '../queue/RunQueue';

/** What stands where a secret stood. */
const concealed = '[concealed]';
const pageSize = 1000;
const longestLine = 4000;

/** A line of a secret that is shorter is a word, or an end. */
const shortestLine = 8;

/** How programs write a text inside of something else. */
function encodingsOf(text: string): string[] {
  const base64 = Buffer.from(text).toString('base64');
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    // What is no text has no form in an address.
    ...(/\p{Surrogate}/u.test(text) ? [] : [encodeURIComponent(text)]),
    base64.replace(/=+$/, ''),
    base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'),
  ];
}

/** All that a secret may look like in a log, which comes line by line. */
function formsOf(secret: string): string[] {
  const lines = secret
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line.length >= shortestLine);
  return [secret, ...lines].flatMap(encodingsOf);
}

/** Keeps what runs write, a line at a time. */
export class RunLogStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async append(run: RunRow, lines: { at: Date; text: string }[]) {
    await this.#knex('run_lines').insert(
      lines.map(line => ({
        ...line,
        run_id: run.id,
        request_id: run.request_id,
      })),
    );
  }

  /** Lines after a number, oldest first, at most a thousand. */
  async read(requestId: string, after: number): Promise<Log['lines']> {
    const rows = await this.#knex('run_lines')
      .where({ request_id: requestId })
      .where('number', '>', after)
      .orderBy('number')
      .limit(pageSize);
    return rows.map(({ number, at, text }) => ({
      number: Number(number),
      at: at.toISOString(),
      text,
    }));
  }
}

/** The log of one run: secrets never get into it, and lines are written together, not one by one. */
export class RunLog {
  readonly #store: RunLogStore;
  readonly #run: RunRow;
  readonly #secrets = new Set<string>();
  /** All that is looked for, longest first: a part of a secret must not take its whole apart. */
  #forms: string[] = [];
  #waiting: { at: Date; text: string }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isFlushing = false;

  constructor(store: RunLogStore, run: RunRow) {
    this.#store = store;
    this.#run = run;
  }

  /** From now on the value is left out; too short ones would conceal half the log. */
  conceal(secret: string): void {
    if (secret.length < 4 || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#forms = [...new Set([...this.#forms, ...formsOf(secret)])].sort(
      (a, b) => b.length - a.length,
    );
  }

  /** The text without secrets. */
  redact(text: string): string {
    return this.#forms.reduce(
      (clean, form) => clean.split(form).join(concealed),
      text,
    );
  }

  write(line: string): void {
    const text = this.redact(line).slice(0, longestLine);
    this.#waiting.push({ at: new Date(), text });
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      // What cannot be kept now is kept with the next line, or at the end.
      this.#writing = this.#writing
        .then(() => {
          this.#isFlushing = false;
          return this.#flush();
        })
        .catch(() => undefined);
    }
  }

  /** Waits until all of it is kept. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    if (lines.length === 0) return;
    try {
      await this.#store.append(this.#run, lines);
    } catch (error) {
      this.#waiting = [...lines, ...this.#waiting];
      throw error;
    }
  }
}
