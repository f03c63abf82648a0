import assert from 'node:assert/strict';
import { until } from '../faults/support/until.ts';
import { asNdjson } from './deliveries.ts';
import { callAs } from './people.ts';

/** At the load of a machine that runs other parts of the tests beside. */
const computedMs = 120_000;

/** Imports deliveries, and waits until all numbers are computed from them. */
export async function bringIn(lines: object[]): Promise<void> {
  const response = await callAs('platform-engineer', '/api/dora/import', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: asNdjson(lines),
  });
  const report = await response.json();
  assert.equal(response.status, 200, JSON.stringify(report));
  assert.equal(report.rejected, 0, JSON.stringify(report.errors));
  await until(
    'all numbers are computed',
    async () => {
      const status = await callAs('platform-engineer', '/api/dora/status');
      return (await status.json()).upToDate === true;
    },
    { withinMs: computedMs, everyMs: 500 },
  );
}
