import { dayOf, isCalendarDay, rangeOf } from './periods';
import { daysOf, queryOf, readView, stepOf } from './view';

const now = new Date('2026-05-17T22:30:00Z');

function read(address: string) {
  return readView(new URLSearchParams(address));
}

describe('readView', () => {
  it('shows 30 days of everything when the address says nothing', () => {
    const view = read('');
    expect(view.period).toBe('30d');
    expect(view.entityRef).toBeUndefined();
    expect(queryOf(view, now)).toEqual({
      from: dayOf(new Date(now.getTime() - 29 * 86_400_000)),
    });
  });

  it('takes every switch from the address to the portal', () => {
    const view = read(
      'period=90d&timeZone=UTC&entityRef=group:default/ledger&environment=staging&weekStart=sunday&leadTimeClock=merged&recoveryClock=incident&failedAttempts=count&bands=2023&by=system',
    );
    expect(view.by).toBe('system');
    expect(queryOf(view, now)).toEqual({
      from: '2026-02-17',
      timeZone: 'UTC',
      entityRef: 'group:default/ledger',
      environment: 'staging',
      weekStart: 'sunday',
      leadTimeClock: 'merged',
      recoveryClock: 'incident',
      failedAttempts: 'count',
      bands: '2023',
    });
  });

  it('leaves at its default what it does not understand', () => {
    expect(
      queryOf(
        read(
          'period=fortnight&bands=2024&timeZone=Mars/Olympus&weekStart=friday',
        ),
        now,
      ),
    ).toEqual(queryOf(read(''), now));
  });

  it('means the last day of a custom period as part of it', () => {
    const view = read('period=custom&first=2026-01-05&last=2026-01-31');
    expect(daysOf(view, now)).toEqual({ from: '2026-01-05', to: '2026-02-01' });
  });

  it.each([
    'period=custom',
    'period=custom&first=2026-02-30&last=2026-03-01',
    'period=custom&first=2026-03-02&last=2026-03-01',
  ])('falls back where %s is no period', address => {
    expect(read(address).period).toBe('30d');
  });
});

describe('periods', () => {
  it('begin in the time zone that is asked for', () => {
    expect(dayOf(now, 'Pacific/Auckland')).toBe('2026-05-18');
    expect(dayOf(now, 'America/New_York')).toBe('2026-05-17');
  });

  it('know the quarters, also over the turn of the year', () => {
    expect(rangeOf('quarter', '2026-05-17')).toEqual({ from: '2026-04-01' });
    expect(rangeOf('last-quarter', '2026-02-10')).toEqual({
      from: '2025-10-01',
      to: '2026-01-01',
    });
  });

  it('count today as one of their days', () => {
    expect(rangeOf('7d', '2026-03-03')).toEqual({ from: '2026-02-25' });
  });

  it('are of days that the calendar has', () => {
    expect(isCalendarDay('2028-02-29')).toBe(true);
    expect(isCalendarDay('2026-02-29')).toBe(false);
    expect(isCalendarDay('yesterday')).toBe(false);
  });
});

describe('stepOf', () => {
  it.each([
    ['period=7d', 'day'],
    ['period=30d', 'week'],
    ['period=year', 'week'],
    ['period=custom&first=2024-01-01&last=2026-01-01', 'month'],
  ])('draws %s by %s', (address, step) => {
    expect(stepOf(read(address), now)).toBe(step);
  });
});
