import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardBy, say, step } from '../../src/console/progress.ts';
import { none } from '../../src/testing/counts.ts';
import { tool, type Phase, type PhaseResult } from '../../src/testing/phase.ts';
import { runPhases } from '../../src/testing/schedule.ts';

/** A part that begins when it may and ends when it is told. */
class Part implements Phase {
  readonly name: string;
  readonly cores: number;
  readonly begun: Promise<void>;
  isRunning = false;
  #begin = () => {};
  #end: (result: PhaseResult) => void = () => {};

  constructor(name: string, cores: number) {
    this.name = name;
    this.cores = cores;
    this.begun = new Promise(resolve => {
      this.#begin = resolve;
    });
  }

  run(): Promise<PhaseResult> {
    this.isRunning = true;
    say(`${this.name} begins`);
    this.#begin();
    return new Promise(resolve => {
      this.#end = resolve;
    });
  }

  end(passed = true): void {
    this.isRunning = false;
    this.#end({ passed, counts: none, failures: [] });
  }
}

/** What is said while the work is done, without the lines around it. */
async function said(work: () => Promise<unknown>): Promise<string[]> {
  let text = '';
  await heardBy(more => {
    text += more;
  }, work);
  return text.split('\n').filter(line => line && !line.startsWith('──'));
}

const whoRuns = (parts: Part[]) =>
  parts.filter(({ isRunning }) => isRunning).map(({ name }) => name);

describe('parts of npm test beside each other', () => {
  it('fill the cores and no more, the narrow ones first where a wide one waits', async () => {
    const [a, wide, b, c] = [
      new Part('a', 1),
      new Part('wide', 2),
      new Part('b', 1),
      new Part('c', 1),
    ];
    const all = [a, wide, b, c];
    await said(async () => {
      const run = runPhases(all, 2);
      await Promise.all([a.begun, b.begun]);
      assert.deepEqual(whoRuns(all), ['a', 'b']);
      b.end();
      await c.begun;
      assert.deepEqual(whoRuns(all), ['a', 'c']);
      a.end();
      c.end();
      await wide.begun;
      assert.deepEqual(whoRuns(all), ['wide']);
      wide.end(false);
      const finished = await run;
      assert.deepEqual(
        finished.map(({ name, passed }) => [name, passed]),
        [
          ['a', true],
          ['wide', false],
          ['b', true],
          ['c', true],
        ],
      );
    });
  });

  it('run where there are fewer cores than they want', async () => {
    const wide = new Part('wide', 2);
    await said(async () => {
      const run = runPhases([wide], 1);
      await wide.begun;
      wide.end();
      await run;
    });
  });

  it('are heard whole, one after the other in their order', async () => {
    const first = new Part('first', 1);
    const talker: Phase = {
      name: 'talker',
      cores: 1,
      async run() {
        await step('a step', async () => 'a step is done');
        return tool(process.execPath, ['--eval', 'console.error("out")']);
      },
    };
    const last = new Part('last', 1);
    const lines = await said(async () => {
      const run = runPhases([first, talker, last], 2);
      // It begins when the talker has ended, and the first still runs.
      await last.begun;
      last.end();
      first.end();
      await run;
    });
    assert.deepEqual(
      lines.map(line => line.replace(/^ *✓ (.*done).*$/, '$1')),
      ['first begins', 'a step is done', 'out', 'last begins'],
    );
  });
});
