import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Report, Result } from '../../src/goldenPaths/check.ts';
import { writeReport } from '../../src/goldenPaths/report.ts';

const order = ['Renders', 'Build', 'Tests'];

const report = (
  name: string,
  version: string,
  results: [string, Result['ended'], number, string?][],
  tools: string[] = [],
): Report => ({
  template: {
    name,
    version,
    folder: '',
    layers: [],
    constants: {},
    answers: {},
    requests: [],
  },
  results: results.map(([step, ended, seconds, reason]) => ({
    step,
    ended,
    seconds,
    reason,
  })),
  tools,
});

const rowsOf = (page: string) =>
  page
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.replace(/ +/g, ' '));

describe('the page of checks', () => {
  const first = writeReport(
    [
      report(
        'go-service',
        '1.0.0',
        [
          ['Renders', 'passed', 1],
          ['Build', 'has none', 0],
        ],
        ['Go 1.26.8'],
      ),
      report(
        'node-service',
        '1.2.0',
        [
          ['Renders', 'passed', 2],
          ['Build', 'skipped', 0, 'npm is not here.'],
        ],
        ['npm 10.0.0', 'OpenTelemetry Collector 0.1.0'],
      ),
    ],
    order,
    'one machine',
  );

  it('has a column for each template', () => {
    assert.deepEqual(rowsOf(first), [
      '| Step | go-service 1.0.0 | node-service 1.2.0 |',
      '| ------- | ---------------- | ------------------ |',
      '| Renders | 1.0 | 2.0 |',
      '| Build | | skipped |',
    ]);
    assert.match(first, /- Build: npm is not here\./);
  });

  it('keeps what other templates had when one is looked at again', () => {
    const again = writeReport(
      [
        report(
          'node-service',
          '1.3.0',
          [
            ['Renders', 'passed', 3],
            ['Build', 'failed', 4],
            ['Tests', 'passed', 5],
          ],
          ['npm 11.0.0'],
        ),
      ],
      order,
      'one machine',
      first,
    );
    assert.deepEqual(rowsOf(again), [
      '| Step | go-service 1.0.0 | node-service 1.3.0 |',
      '| ------- | ---------------- | ------------------ |',
      '| Renders | 1.0 | 3.0 |',
      '| Build | | **failed**, 4.0 |',
      '| Tests | not run | 5.0 |',
    ]);
    assert.deepEqual(
      again.split('\n').filter(line => line.startsWith('- ')),
      ['- Go 1.26.8', '- OpenTelemetry Collector 0.1.0', '- npm 11.0.0'],
    );
    assert.match(again, /Nothing: every tool could be had\./);
  });

  it('is the same when the same was seen again', () => {
    const same = report('go-service', '1.0.0', [
      ['Renders', 'passed', 1],
      ['Build', 'has none', 0],
    ]);
    assert.equal(writeReport([same], order, 'one machine', first), first);
  });
});
