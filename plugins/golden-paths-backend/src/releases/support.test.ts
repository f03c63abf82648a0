import { monthsAfter, supportOf } from './support';

const on = (version: string, day: string) => ({
  version,
  publishedAt: new Date(`${day}T12:00:00Z`),
});
const history = [
  on('1.0.0', '2025-01-10'),
  on('1.1.0', '2025-03-10'),
  on('1.1.1', '2025-04-10'),
  on('1.2.0', '2025-08-31'),
];

it('supports the newest line and the one before, and others for six months more', () => {
  const at = (day: string) =>
    Object.fromEntries(
      supportOf(history, { now: new Date(`${day}T00:00:00Z`) }),
    );
  expect(at('2025-09-01')).toEqual({
    '1.2.0': { state: 'current' },
    '1.1.1': { state: 'supported' },
    '1.1.0': { state: 'supported' },
    '1.0.0': { state: 'deprecated', until: '2026-02-28' },
  });
  expect(at('2026-02-28')['1.0.0'].state).toBe('deprecated');
  expect(at('2026-03-01')['1.0.0'].state).toBe('unsupported');
});

it('ends all versions of a template that is deprecated', () => {
  const support = supportOf(history, {
    now: new Date('2025-10-01'),
    noticeFrom: '2025-09-15',
  });
  expect(support.get('1.2.0')).toEqual({
    state: 'deprecated',
    until: '2026-03-15',
  });
  expect(support.get('1.0.0')).toEqual({
    state: 'deprecated',
    until: '2026-02-28',
  });
});

it.each([
  ['2025-08-31', 6, '2026-02-28'],
  ['2025-01-31', 1, '2025-02-28'],
  ['2025-12-15', 6, '2026-06-15'],
])('%s and %i months is %s', (day, months, expected) => {
  expect(monthsAfter(new Date(`${day}T12:00:00Z`), months)).toBe(expected);
});
