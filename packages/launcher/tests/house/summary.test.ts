import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsOfJest, countsOfNode, none } from '../../src/testing/counts.ts';
import { failuresOfJest, failuresOfNode } from '../../src/testing/failures.ts';
import { runPhase, tool } from '../../src/testing/phase.ts';
import { jest } from '../../src/testing/runners.ts';

describe('the summary of npm test', () => {
  it('counts what Jest says, in colours too', () => {
    const counts = { passed: 30, failed: 1, skipped: 3 };
    const line = '1 failed, 2 skipped, 1 todo, 30 passed, 34 total';
    assert.deepEqual(countsOfJest(`…\nTests:       ${line}\n`), counts);
    assert.deepEqual(
      countsOfJest(
        `\u001b[1mTest Suites: \u001b[22m\u001b[31m1 failed\u001b[39m, 2 total\n\u001b[1mTests:       \u001b[22m${line.replace(
          '1 failed',
          '\u001b[31m1 failed\u001b[39m',
        )}\n`,
      ),
      counts,
    );
  });

  it('counts a file that Jest could not load', () => {
    assert.deepEqual(
      countsOfJest(
        'Test Suites: 2 failed, 1 passed, 3 total\nTests:       4 passed, 4 total\n',
      ),
      { passed: 4, failed: 2, skipped: 0 },
    );
  });

  it('counts what Node says', () => {
    assert.deepEqual(
      countsOfNode('ℹ pass 12\nℹ fail 1\nℹ cancelled 2\nℹ skipped 3\nℹ todo 0'),
      { passed: 12, failed: 3, skipped: 3 },
    );
  });

  it('shows a failure for a part that ended before it counted', async () => {
    const cut = await runPhase({
      name: 'cut short',
      cores: 1,
      run: () =>
        tool(process.execPath, ['--eval', 'process.exit(3)'], {
          runner: jest,
        }),
    });
    assert.equal(cut.passed, false);
    assert.deepEqual(cut.counts, { ...none, failed: 1 });

    const thrown = await runPhase({
      name: 'never begun',
      cores: 1,
      run: () => Promise.reject(new Error('no database')),
    });
    assert.equal(thrown.passed, false);
    assert.deepEqual(thrown.counts, { ...none, failed: 1 });
  });

  it('says again what failed in Jest, each once', () => {
    const bad = `FAIL a plugins/a/a.test.ts
  ● Console

    console.error
      noise

  ● outer › bad

    expect(received).toBe(expected)

      at Object.toBe (a.test.ts:1:101)

`;
    const unloaded = `FAIL b plugins/b/b.test.ts
  ● Test suite failed to run

    Cannot find module './nothing'

`;
    assert.deepEqual(
      failuresOfJest(
        `PASS c plugins/c/c.test.ts\n${bad}\u001b[31m${unloaded}Summary of all failing tests\n${bad}${unloaded}Tests: 1 failed\n`,
      ),
      [
        `FAIL a plugins/a/a.test.ts
  ● outer › bad
    expect(received).toBe(expected)
      at Object.toBe (a.test.ts:1:101)`,
        `FAIL b plugins/b/b.test.ts
  ● Test suite failed to run
    Cannot find module './nothing'`,
      ],
    );
    assert.deepEqual(failuresOfJest('PASS c plugins/c/c.test.ts\n'), []);
  });

  it('says again what failed in Node, and no more than a few lines of it', async () => {
    const stack = Array.from({ length: 40 }, (_, n) => `      at f${n}`);
    const found = failuresOfNode(
      [
        '✔ good (1ms)',
        '✖ bad (1ms)',
        'ℹ fail 2',
        '',
        '✖ failing tests:',
        '',
        'test at tests/a.test.ts:2:43',
        '✖ bad (0.9ms)',
        '  AssertionError: 1 == 2',
        ...stack,
        '',
        'test at tests/b.test.ts:1:1',
        '✖ worse (0.9ms)',
      ].join('\n'),
    );
    assert.equal(found.length, 2);
    assert.match(found[0], /^test at tests\/a\.test\.ts:2:43\n✖ bad/);
    assert.ok(found[0].includes('1 == 2') && !found[0].includes('f39'));
    assert.equal(found[1], 'test at tests/b.test.ts:1:1\n✖ worse (0.9ms)');
  });

  it('shows the last lines of a tool that counts no tests', async () => {
    const { failures } = await tool(process.execPath, [
      '--eval',
      'for (let n = 1; n <= 50; n++) console.log(`line ${n}`); process.exit(1)',
    ]);
    assert.equal(failures.length, 1);
    assert.match(failures[0], /^line 31\n[^]*\nline 50$/);
  });
});
