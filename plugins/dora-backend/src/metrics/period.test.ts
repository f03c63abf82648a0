import {
  daysIn,
  periodBefore,
  readPeriod,
  requireTimeZone,
  stepsOf,
} from './period';

const at = (text: string) => Date.parse(text);
const shown = ({ from, to }: { from: number; to: number }) =>
  [from, to].map(instant => new Date(instant).toISOString().slice(0, 16));

describe('readPeriod', () => {
  it.each([
    ['UTC', '2026-03-01', '2026-03-01T00:00'],
    ['Europe/Berlin', '2026-03-01', '2026-02-28T23:00'],
    ['Asia/Kathmandu', '2026-03-01', '2026-02-28T18:15'],
    // Clocks went forward at midnight: the day begins at one o'clock.
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00'],
    ['Europe/Berlin', '2026-03-01T09:30:00+05:30', '2026-03-01T04:00'],
  ])('takes a date as midnight in %s', (timeZone, from, expected) => {
    const period = readPeriod({ from, to: '2026-06-01' }, timeZone, 0);
    expect(shown(period)[0]).toBe(expected);
  });

  it('takes the thirty days until now when nothing is said', () => {
    const now = at('2026-03-31T12:00:00Z');
    expect(shown(readPeriod({}, 'UTC', now))).toEqual([
      '2026-03-01T12:00',
      '2026-03-31T12:00',
    ]);
  });

  it.each([
    [{ from: '2026-02-30' }, /^from: 2026-02-30 is no date/],
    [{ to: '2026-13-01' }, /^to: 2026-13-01 is no date/],
    [{ from: '2026-03-02', to: '2026-03-02' }, /ends before it begins/],
    [{ from: '2026-03-03', to: '2026-03-02' }, /ends before it begins/],
    [{ from: '2016-03-03', to: '2026-03-02' }, /at most 6 years/],
    [{ from: '0000-01-01', to: '0000-02-01' }, /between the years/],
    [{ from: '9999-01-01', to: '9999-12-31' }, /between the years/],
  ])('refuses %j', (asked, message) => {
    expect(() => readPeriod(asked, 'UTC', at('2026-03-31'))).toThrow(message);
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => requireTimeZone('Mars/Olympus')).toThrow(/time zone "Mars/);
  });
});

describe('periodBefore', () => {
  it.each([
    ['a day', 'UTC', '2026-03-02', '2026-03-03', '2026-03-01T00:00'],
    ['a month', 'UTC', '2026-03-01', '2026-04-01', '2026-02-01T00:00'],
    ['a year', 'UTC', '2024-01-01', '2025-01-01', '2023-01-01T00:00'],
    ['a quarter', 'UTC', '2026-04-01', '2026-07-01', '2026-01-01T00:00'],
    ['28 days', 'UTC', '2026-02-02', '2026-03-02', '2026-01-05T00:00'],
    [
      'a month in which clocks go forward',
      'Europe/Berlin',
      '2026-03-01',
      '2026-04-01',
      '2026-01-31T23:00',
    ],
    [
      'a week in which clocks go forward',
      'Europe/Berlin',
      '2026-03-24',
      '2026-03-31',
      '2026-03-16T23:00',
    ],
    [
      'days that begin at one o’clock',
      'Asia/Beirut',
      '2026-03-29',
      '2026-04-02',
      '2026-03-24T22:00',
    ],
  ])('of %s begins as long before', (_, timeZone, from, to, expected) => {
    const period = readPeriod({ from, to }, timeZone, 0);
    const before = periodBefore(period, timeZone);
    expect(before.to).toBe(period.from);
    expect(shown(before)[0]).toBe(expected);
  });

  it('of hours is as many hours', () => {
    const period = {
      from: at('2026-03-01T10:00:00Z'),
      to: at('2026-03-01T15:30:00Z'),
    };
    expect(shown(periodBefore(period, 'UTC'))).toEqual([
      '2026-03-01T04:30',
      '2026-03-01T10:00',
    ]);
  });
});

describe('daysIn', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-30', 1],
    ['Europe/Berlin', '2026-10-25', '2026-10-26', 1],
    ['Asia/Beirut', '2026-03-29', '2026-03-30', 1],
    ['Asia/Beirut', '2026-03-01', '2026-04-01', 31],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-06', 1],
    ['UTC', '2026-03-01T06:00:00Z', '2026-03-01T18:00:00Z', 0.5],
  ])('counts the days of %s from %s to %s', (timeZone, from, to, days) => {
    expect(daysIn(readPeriod({ from, to }, timeZone, 0), timeZone)).toBe(days);
  });
});

describe('stepsOf', () => {
  const steps = (
    grain: 'day' | 'week' | 'month',
    [from, to]: [string, string],
    timeZone = 'UTC',
    weekStart: 'monday' | 'sunday' | 'saturday' = 'monday',
  ) =>
    stepsOf(readPeriod({ from, to }, timeZone, 0), grain, {
      timeZone,
      weekStart,
    }).map(shown);

  it('cuts the first and the last', () => {
    expect(
      steps('month', ['2026-01-15T12:00:00Z', '2026-02-10T00:00:00Z']),
    ).toEqual([
      ['2026-01-15T12:00', '2026-02-01T00:00'],
      ['2026-02-01T00:00', '2026-02-10T00:00'],
    ]);
  });

  it.each([
    ['monday', '2026-03-02T00:00'],
    ['sunday', '2026-03-08T00:00'],
    ['saturday', '2026-03-07T00:00'],
  ] as const)('begins weeks on %s', (weekStart, second) => {
    const found = steps('week', ['2026-03-01', '2026-03-15'], 'UTC', weekStart);
    expect(found[1][0]).toBe(second);
  });

  it('begins every day at midnight, also after one that began at one o’clock', () => {
    expect(steps('day', ['2026-03-28', '2026-04-01'], 'Asia/Beirut')).toEqual([
      ['2026-03-27T22:00', '2026-03-28T22:00'],
      ['2026-03-28T22:00', '2026-03-29T21:00'],
      ['2026-03-29T21:00', '2026-03-30T21:00'],
      ['2026-03-30T21:00', '2026-03-31T21:00'],
    ]);
  });
});
