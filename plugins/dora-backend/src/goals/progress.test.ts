import type { GoalValue } from '@waymark/plugin-dora-common';
import type { GoalTerms } from './Goal';
import { sideOf } from './GoalWatch';
import { progressOf } from './progress';

const terms: GoalTerms = {
  entityRef: 'group:default/ledger',
  metric: 'changeLeadTime',
  percentile: 'p50',
  target: 100,
  environment: 'production',
  start: '2026-03-01',
  due: '2026-03-10',
};
const value = (
  of: number | null,
  state: GoalValue['state'] = of === null ? 'none' : 'measured',
): GoalValue => ({
  state,
  value: of,
  n: 9,
  period: {
    from: '2026-02-01T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    days: 28,
  },
});
/** Half of the time from the first of March to the end of the tenth. */
const halfTime = Date.parse('2026-03-06T00:00:00Z');

function progress(
  start: GoalValue,
  now: GoalValue,
  { goal = {}, at = halfTime }: { goal?: Partial<GoalTerms>; at?: number } = {},
) {
  const { status, share, expected } = progressOf(
    { ...terms, ...goal },
    { start, now },
    { now: at, timeZone: 'UTC' },
  );
  return { status, share, expected };
}

describe('the progress of a goal', () => {
  it.each([
    ['half of the way in half of the time', 200, 150, 'onTrack', 0.5],
    ['less of it', 200, 160, 'offTrack', 0.4],
    ['away from the target', 200, 300, 'offTrack', -1],
    ['at the target', 200, 100, 'reached', 1],
    ['beyond the target', 200, 20, 'reached', 1],
    ['at the target once, and no longer', 80, 120, 'offTrack', 0],
  ])('%s', (_, start, now, status, share) => {
    expect(progress(value(start), value(now))).toEqual({
      status,
      share,
      expected: 0.5,
    });
  });

  it('goes up where more is better', () => {
    const goal = {
      metric: 'deploymentFrequency' as const,
      percentile: null,
      target: 3,
    };
    expect(progress(value(1), value(2), { goal })).toMatchObject({
      status: 'onTrack',
      share: 0.5,
    });
    expect(progress(value(1), value(4), { goal }).status).toBe('reached');
    expect(progress(value(1), value(0.5), { goal }).status).toBe('offTrack');
  });

  it('is judged by its direction alone without a due day', () => {
    const goal = { due: null };
    expect(progress(value(200), value(199), { goal })).toEqual({
      status: 'onTrack',
      share: 0.01,
      expected: null,
    });
    expect(progress(value(200), value(200), { goal }).status).toBe('offTrack');
  });

  it('is off track once its time is over, however near it is', () => {
    const at = Date.parse('2026-03-11T00:00:00Z');
    expect(progress(value(200), value(101), { at })).toMatchObject({
      status: 'offTrack',
      expected: 1,
    });
    expect(
      progress(value(200), value(101), { at: at - 1 }).expected,
    ).toBeLessThan(1);
    expect(progress(value(null), value(101), { at }).status).toBe('offTrack');
  });

  it('is not zero where nothing or too little is known', () => {
    expect(progress(value(200), value(null))).toMatchObject({
      status: 'none',
      share: null,
    });
    expect(progress(value(200), value(50, 'insufficient'))).toMatchObject({
      status: 'insufficient',
      share: null,
    });
    expect(progress(value(null), value(150)).status).toBe('none');
    expect(progress(value(200, 'insufficient'), value(150)).status).toBe(
      'insufficient',
    );
    // Where it stands now is enough to say that it is there.
    expect(progress(value(null), value(90)).status).toBe('reached');
  });
});

describe('the side of a goal', () => {
  const lower = { metric: 'changeLeadTime', target: 100 } as const;
  const higher = { metric: 'deploymentFrequency', target: 2 } as const;

  it.each([
    [lower, null, 100, 'reached'],
    [lower, null, 101, 'missed'],
    [lower, 'missed', 101, 'missed'],
    [lower, 'missed', 100, 'reached'],
    // A little behind is no crossing back.
    [lower, 'reached', 105, 'reached'],
    [lower, 'reached', 106, 'missed'],
    [higher, 'reached', 1.9, 'reached'],
    [higher, 'reached', 1.8, 'missed'],
    [higher, 'missed', 1.9, 'missed'],
  ] as const)('%j, %s, at %d: %s', (goal, side, at, expected) => {
    expect(sideOf({ ...goal, side }, value(at))).toBe(expected);
  });

  it('is unknown where too little is known', () => {
    expect(sideOf({ ...lower, side: 'missed' }, value(null))).toBeUndefined();
    expect(
      sideOf({ ...lower, side: 'missed' }, value(1, 'insufficient')),
    ).toBeUndefined();
  });
});
