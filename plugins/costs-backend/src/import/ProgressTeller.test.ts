import type { ImportProgress } from '@waymark/plugin-costs-common';
import { ProgressTeller } from './ProgressTeller';

describe('ProgressTeller', () => {
  it('tells each stage with its place, and bytes only where they are known', async () => {
    const told: ImportProgress[] = [];
    const teller = new ProgressTeller(async one => void told.push(one), 0);
    await teller.begin('checking', 30);
    teller.advance(10);
    await teller.begin('summing');
    teller.advance(10);
    await teller.begin('allocating');
    expect(told).toEqual([
      { stage: 'checking', step: 1, steps: 4, done: 0, total: 30 },
      { stage: 'checking', step: 1, steps: 4, done: 10, total: 30 },
      { stage: 'summing', step: 2, steps: 4 },
      { stage: 'allocating', step: 4, steps: 4 },
    ]);
  });

  it('tells bytes one at a time, and no more often than it may', async () => {
    const told: (number | undefined)[] = [];
    let heard = () => {};
    const teller = new ProgressTeller(async ({ stage, done }) => {
      told.push(done);
      if (stage === 'storing' && done !== 0) {
        await new Promise<void>(resolve => {
          heard = resolve;
        });
      }
    }, 0);
    await teller.begin('storing', 9);
    teller.advance(1);
    teller.advance(1);
    teller.advance(1);
    expect(told).toEqual([0, 1]);
    const next = teller.begin('allocating');
    expect(told).toEqual([0, 1]);
    heard();
    await next;
    expect(told).toEqual([0, 1, undefined]);

    const seldom: (number | undefined)[] = [];
    const calm = new ProgressTeller(
      async ({ done }) => void seldom.push(done),
      Infinity,
    );
    await calm.begin('storing', 9);
    calm.advance(1);
    expect(seldom).toEqual([0]);
  });

  it('keeps nobody from working where it cannot be told', async () => {
    const teller = new ProgressTeller(async () => {
      throw new Error('The database is gone');
    }, 0);
    await teller.begin('checking', 9);
    teller.advance(1);
    await expect(teller.begin('summing')).resolves.toBeUndefined();
  });
});
