import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsOfJest, countsOfNode, none } from '../../src/testing/counts.ts';
import { runPhase, tool } from '../../src/testing/phase.ts';

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
          count: countsOfJest,
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
});
