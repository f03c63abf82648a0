import { count, duration } from './numbers';
import { periodText } from './times';

describe('numbers in words', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [5400, '1.5 h'],
    [47 * 3600, '47 h'],
    [3 * 86_400, '3 days'],
    [21 * 86_400, '3 weeks'],
    [200 * 86_400, '6.6 months'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('says one change and two changes', () => {
    expect(count(1, 'change')).toBe('1 change');
    expect(count(2000, 'change')).toBe('2,000 changes');
  });
});

it('ends a period with its last day', () => {
  expect(
    periodText(
      { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
      'UTC',
    ),
  ).toBe('1 Mar 2026 to 31 Mar 2026');
});
