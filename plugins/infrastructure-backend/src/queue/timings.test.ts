import type { RequestKind, Step } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { useDatabases } from '../__testUtils__/databases';
import { RunQueue, type RunRow } from './RunQueue';

const databases = useDatabases();
const start = Date.parse('2026-03-01T10:00:00Z');

const at = (seconds: number) => new Date(start + seconds * 1000);

function step(title: string, seconds: number, state: Step['state'] = 'done') {
  return {
    title,
    state,
    startedAt: at(0).toISOString(),
    ...(state !== 'running' && { endedAt: at(seconds).toISOString() }),
  };
}

describe('how long things took', () => {
  let knex: Knex;
  let queue: RunQueue;
  let resourceId: string;

  beforeEach(async () => {
    knex = await databases.init();
    queue = new RunQueue(knex, 'test');
    resourceId = randomUUID();
    await knex('resources').insert({
      id: resourceId,
      name: 'orders',
      environment: 'staging',
      offering: 'thing',
      owner_ref: 'group:default/ledger',
      state: 'ready',
      parameters: {},
      tags: {},
    });
  });

  /** A request that is done, and a run of it that was approved at a second of that day. */
  async function ran(of: {
    approved?: number;
    seconds?: number;
    /** Until another system reported it, where one had to. */
    reported?: number;
    offering?: string;
    request?: RequestKind;
    kind?: RunRow['kind'];
    state?: RunRow['state'];
    steps?: Step[];
  }): Promise<void> {
    const { approved = 0, seconds = 1, offering = 'thing' } = of;
    const { request = 'create', kind = 'apply', state = 'done' } = of;
    const requestId = randomUUID();
    await knex('requests').insert({
      id: requestId,
      resource_id: resourceId,
      kind: request,
      offering,
      offering_version: '1.0.0',
      parameters: {},
      requested_by: 'user:default/amara',
      state: state === 'done' ? 'done' : 'failed',
      changed_at: at(approved + (of.reported ?? seconds)),
    });
    await knex('runs').insert({
      id: randomUUID(),
      request_id: requestId,
      kind,
      state,
      steps: JSON.stringify(of.steps ?? []),
      created_at: at(approved),
      ended_at: at(approved + seconds),
    });
  }

  const timingOf = async (offering: string) =>
    (await queue.timings([offering, 'nothing'])).get(offering);

  it('is the half and the nine tenths of what was made, until it was ready', async () => {
    expect(await timingOf('thing')).toEqual({
      samples: 0,
      p50: null,
      p90: null,
    });
    for (const seconds of [7, 1, 9, 3, 10, 5, 2, 8, 4]) {
      await ran({ seconds });
    }
    await ran({ seconds: 1, reported: 6 });
    expect(await timingOf('thing')).toEqual({
      samples: 10,
      p50: 5,
      p90: 9,
    });
  });

  it('counts nothing but what made something of the offering, and came to its end', async () => {
    await ran({ seconds: 2 });
    await ran({ seconds: 90, offering: 'other' });
    await ran({ seconds: 90, request: 'update' });
    await ran({ seconds: 90, kind: 'plan' });
    await ran({ seconds: 90, state: 'failed' });
    expect(await timingOf('thing')).toEqual({
      samples: 1,
      p50: 2,
      p90: 2,
    });
    const all = await queue.timings(['thing', 'other']);
    expect([...all.values()].map(({ p50 }) => p50)).toEqual([2, 90]);
  });

  it('forgets what is older than the newest hundred', async () => {
    const steps = [step('Make it', 90)];
    await ran({ seconds: 90, steps });
    await ran({ seconds: 90, steps });
    for (let count = 0; count < 100; count += 1) {
      await ran({
        approved: 1000 + count,
        seconds: 2,
        // Of the two old ones alone the median would be theirs.
        ...(count === 99 && { steps: [step('Make it', 3)] }),
      });
    }
    expect(await timingOf('thing')).toEqual({
      samples: 100,
      p50: 2,
      p90: 2,
    });
    expect(await queue.stepTimings('thing', 'create')).toEqual([
      { kind: 'apply', title: 'Make it', seconds: 3 },
    ]);
  });

  it('is for a step the median of those of its name in runs of its kind', async () => {
    for (const seconds of [4, 1, 60]) {
      await ran({ steps: [step('Make it', seconds), step('Grants', 0.5)] });
    }
    await ran({ kind: 'plan', steps: [step('Make it', 2)] });
    await ran({ request: 'update', steps: [step('Make it', 90)] });
    await ran({ offering: 'other', steps: [step('Make it', 90)] });
    await ran({ state: 'failed', steps: [step('Make it', 90)] });
    await ran({ steps: [step('Make it', 90, 'running')] });
    const timings = await queue.stepTimings('thing', 'create');
    expect(timings).toHaveLength(3);
    expect(timings).toEqual(
      expect.arrayContaining([
        { kind: 'apply', title: 'Make it', seconds: 4 },
        { kind: 'apply', title: 'Grants', seconds: 0.5 },
        { kind: 'plan', title: 'Make it', seconds: 2 },
      ]),
    );
  });
});
