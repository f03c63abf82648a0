import type { MetricsGroup } from '@waymark/plugin-dora-common';
import { fakeMetrics } from '../__testUtils__/FakeDoraApi';
import { pointsOf, trendText } from './points';
import { ticksOf } from './ticks';

describe('ticksOf', () => {
  it('counts time in steps that people use', () => {
    expect(ticksOf('seconds', 80_000)).toEqual([
      0, 21_600, 43_200, 64_800, 86_400,
    ]);
    expect(ticksOf('seconds', 200)).toEqual([0, 60, 120, 180, 240]);
  });

  it('counts anything else in ones, twos and fives', () => {
    expect(ticksOf('share', 0.18)).toEqual([0, 0.05, 0.1, 0.15, 0.2]);
    expect(ticksOf('deploymentsPerDay', 9)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it('marks zero and one step where there is nothing', () => {
    expect(ticksOf('seconds', 0)).toEqual([0, 10]);
  });
});

describe('pointsOf', () => {
  const weeks: MetricsGroup[] = [
    {
      key: '2026-03-02',
      title: '2026-03-02',
      metrics: fakeMetrics({
        changeFailRate: { state: 'measured', value: 0, n: 10, counted: 0 },
      }),
    },
    { key: '2026-03-09', title: '2026-03-09', metrics: fakeMetrics() },
    {
      key: '2026-03-16',
      title: '2026-03-16',
      metrics: fakeMetrics({
        changeFailRate: { state: 'insufficient', value: 0.5, n: 2, counted: 1 },
      }),
    },
  ];

  it('leaves a gap where nothing is known, and none at zero', () => {
    expect(pointsOf('changeFailRate', weeks).map(({ value }) => value)).toEqual(
      [0, null, 0.5],
    );
  });

  it('says the trend in a sentence', () => {
    expect(trendText(pointsOf('changeFailRate', weeks), 'week')).toBe(
      'Trend by week: from 0 % (2 Mar) to 50 % (16 Mar), 1 of 3 without data',
    );
  });
});
