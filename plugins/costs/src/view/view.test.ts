import { datesOf, readExplored } from '../explorer/explored';
import {
  addMonths,
  comparedIn,
  lengthOf,
  monthsTo,
  shortMonth,
} from './months';
import { filterOf, readView } from './view';

describe('months', () => {
  it('count over years', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(monthsTo('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02']);
    expect(lengthOf('2028-02')).toBe(29);
    expect(shortMonth('2026-11')).toBe('Nov 26');
  });

  it('are compared as far as they are billed', () => {
    expect(comparedIn('2026-11', '2026-11-28')).toEqual({
      now: { from: '2026-11-01', to: '2026-11-29' },
      before: { from: '2026-10-01', to: '2026-10-29' },
      isWhole: false,
      lastDay: 28,
    });
  });

  it('are compared whole when they are over, though they are not equally long', () => {
    const { before, isWhole } = comparedIn('2026-11', '2026-11-30');
    expect(isWhole).toBe(true);
    expect(before).toEqual({ from: '2026-10-01', to: '2026-11-01' });
  });

  it('are compared with no more days than the month before has', () => {
    expect(comparedIn('2026-03', '2026-03-30').before).toEqual({
      from: '2026-02-01',
      to: '2026-03-01',
    });
  });
});

describe('the address', () => {
  it('holds a view, and leaves what it does not understand at its default', () => {
    expect(
      readView(
        new URLSearchParams('month=2026-13&measure=Nonsense&currency=EUR'),
      ),
    ).toEqual({
      measure: 'EffectiveCost',
      month: undefined,
      currency: 'EUR',
      by: undefined,
    });
  });

  it('asks for no filter where nothing is filtered', () => {
    expect(filterOf(undefined)).toEqual({});
    expect(
      filterOf({ level: 'resource', entityRef: 'resource:default/orders-db' }),
    ).toEqual({ filter: 'entity=resource:default/orders-db' });
  });
});

describe('what is explored', () => {
  const now = new Date('2026-11-29T10:00:00Z');
  const read = (text: string) => readExplored(new URLSearchParams(text), now);

  it('is thirteen months by team, as long as nothing else is said', () => {
    expect(read('')).toEqual({
      period: '13-months',
      days: { from: '2025-11-01', to: '2026-12-01' },
      step: 'month',
      measure: 'EffectiveCost',
      groupBy: 'group',
      conditions: [],
      currency: undefined,
    });
  });

  it('includes the last day that people name', () => {
    const { days, step } = read(
      'period=custom&first=2026-10-09&last=2026-10-11',
    );
    expect(days).toEqual({ from: '2026-10-09', to: '2026-10-12' });
    expect(step).toBe('day');
    expect(datesOf(days, step)).toEqual([
      '2026-10-09',
      '2026-10-10',
      '2026-10-11',
    ]);
  });

  it('does not begin after its end', () => {
    expect(read('period=custom&first=2026-10-11&last=2026-10-09').period).toBe(
      '13-months',
    );
  });
});
