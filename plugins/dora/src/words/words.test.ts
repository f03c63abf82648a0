import { frequency, percent } from '@waymark/plugin-dora-common';
import { fakeMetric } from '../__testUtils__/FakeDoraApi';
import {
  bandWords,
  changeWords,
  gapText,
  sampleText,
  spreadText,
} from './statements';

describe('numbers in words', () => {
  it.each([
    [0, 'none a day'],
    [3.44, '3.4 a day'],
    [0.3, '2.1 a week'],
    [0.05, '1.5 a month'],
  ])('%d a day is %s', (perDay, text) => {
    expect(frequency(perDay)).toBe(text);
  });

  it('tells zero from nothing', () => {
    expect(percent(0)).toBe('0 %');
    expect(
      gapText(fakeMetric('changeFailRate', { state: 'measured', value: 0 }), 5),
    ).toBeUndefined();
    expect(gapText(fakeMetric('changeFailRate'), 5)).toMatch(
      /nothing is known/i,
    );
  });
});

describe('statements', () => {
  it('says how far a small sample is from being judged', () => {
    const few = fakeMetric('changeLeadTime', {
      state: 'insufficient',
      value: 60,
      n: 3,
    });
    expect(gapText(few, 5)).toBe('Too little to judge: 3 of 5.');
  });

  it('says the spread without percentiles by name', () => {
    expect(
      spreadText(
        fakeMetric('changeLeadTime', {
          percentiles: { p50: 3600, p75: 7200, p90: 86_400 },
        }),
      ),
    ).toBe(
      'Half within 1 h, three in four within 2 h, nine in ten within 24 h',
    );
  });

  it('says what is still open of recoveries', () => {
    const metric = fakeMetric('failedDeploymentRecoveryTime', {
      n: 4,
      open: 1,
    });
    expect(sampleText(metric.id, metric)).toBe('4 recovered, 1 still open');
  });

  it('says on how many days of a week there are deployments, where that is known', () => {
    const metric = fakeMetric('deploymentFrequency', {
      state: 'measured',
      value: 0.8,
      n: 24,
    });
    expect(sampleText(metric.id, metric)).toBe('24 deployments');
    const known = {
      ...metric,
      deploymentDays: 11,
      deploymentDaysPerWeek: 2.57,
    };
    expect(sampleText(metric.id, known)).toBe(
      '24 deployments, on 2.6 days a week',
    );
    expect(sampleText(metric.id, { ...metric, deploymentDaysPerWeek: 1 })).toBe(
      '24 deployments, on 1 day a week',
    );
  });

  it('takes better and worse from the portal, and up and down from the values', () => {
    const metric = fakeMetric('changeFailRate', {
      state: 'measured',
      value: 0.1,
      previous: { state: 'measured', value: 0.2, n: 10, percentiles: null },
      change: -0.5,
      better: true,
    });
    expect(changeWords(metric)).toEqual({
      direction: 'down',
      isBetter: true,
      text: '50 % below 20 % before',
    });
  });

  it('calls a movement that nobody would notice none', () => {
    const metric = fakeMetric('changeLeadTime', {
      state: 'measured',
      value: 1001,
      previous: { state: 'measured', value: 1000, n: 10, percentiles: null },
      change: 0.001,
      better: false,
    });
    expect(changeWords(metric)).toEqual({
      direction: 'same',
      isBetter: null,
      text: 'About as before: 17 min',
    });
  });

  it('compares with nothing where there was nothing', () => {
    expect(
      changeWords(
        fakeMetric('changeFailRate', { state: 'measured', value: 0.1 }),
      ),
    ).toBeUndefined();
  });

  it('names whose judgement a band is', () => {
    expect(
      bandWords(
        { scale: 'targets', label: 'missed', met: false, target: 3600 },
        'seconds',
      ),
    ).toEqual({
      text: 'Off target',
      tone: 'poor',
      scale: 'our own target of 1 h',
    });
    expect(
      bandWords({ scale: '2023', label: 'Elite', tier: 'elite' }, 'seconds'),
    ).toEqual({ text: 'Elite', tone: 'best', scale: "DORA's tiers of 2023" });
    expect(
      bandWords({ scale: '2025', label: '7.3', score: 7.3 }, 'share'),
    ).toMatchObject({ text: '7.3 of 10', tone: 'good' });
  });
});
