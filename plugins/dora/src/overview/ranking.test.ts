import type { Metric, MetricsGroup } from '@waymark/plugin-dora-common';
import { fakeMetrics } from '../__testUtils__/FakeDoraApi';
import { whoImproved, whoNeedsHelp } from './ranking';

function leadTime(
  before: number,
  value: number,
  given: Partial<Metric> = {},
): Partial<Metric> {
  return {
    state: 'measured',
    value,
    n: 20,
    previous: { state: 'measured', value: before, n: 20, percentiles: null },
    change: value / before - 1,
    better: value === before ? null : value < before,
    ...given,
  };
}

function team(name: string, metric?: Partial<Metric>): MetricsGroup {
  return {
    key: `group:default/${name}`,
    title: name,
    metrics: fakeMetrics(metric && { changeLeadTime: metric }),
  };
}

const names = (ranked: { group: MetricsGroup }[]) =>
  ranked.map(({ group }) => group.title);

describe('whoImproved', () => {
  it('puts the largest improvement first, whatever the size of the numbers', () => {
    const ranked = whoImproved([
      team('slow', leadTime(864_000, 600_000)),
      team('quick', leadTime(3600, 900)),
      team('worse', leadTime(3600, 7200)),
      team('silent'),
    ]);
    expect(names(ranked)).toEqual(['quick', 'slow']);
    expect(ranked[0].reasons[0].text).toBe(
      'Change lead time went from 1 h to 15 min',
    );
  });

  it('takes no notice of the noise of ordinary weeks or of small samples', () => {
    expect(
      whoImproved([
        team('steady', leadTime(1000, 950)),
        team('few', leadTime(1000, 100, { state: 'insufficient' })),
      ]),
    ).toEqual([]);
  });
});

describe('whoNeedsHelp', () => {
  const missed = {
    band: {
      scale: 'targets' as const,
      label: 'missed',
      met: false,
      target: 3600,
    },
  };

  it('lists those judged poor before those that only got worse', () => {
    const ranked = whoNeedsHelp([
      team('worse', leadTime(1000, 1500)),
      team('poor and worse', leadTime(7200, 14_400, missed)),
      team('fine', leadTime(1000, 500)),
    ]);
    expect(names(ranked)).toEqual(['poor and worse', 'worse']);
    expect(ranked[0].reasons[0].text).toBe(
      'Change lead time is 4 h: off target by our own target of 1 h, and worse than before',
    );
    expect(ranked[1].reasons[0].text).toBe(
      'Change lead time worsened from 17 min to 25 min',
    );
  });

  it('holds too little data against nobody', () => {
    expect(
      whoNeedsHelp([
        team('few', leadTime(1000, 9000, { state: 'insufficient' })),
        team('silent'),
      ]),
    ).toEqual([]);
  });

  it('counts a movement away from zero', () => {
    const rose = leadTime(0, 5000, { better: false, change: null });
    expect(names(whoNeedsHelp([team('rose', rose)]))).toEqual(['rose']);
  });
});
