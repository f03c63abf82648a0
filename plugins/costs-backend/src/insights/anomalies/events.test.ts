import { eventsOf, type Begun } from './events';

const begun = (id: string, given: Partial<Begun> = {}): Begun => ({
  id,
  groupRef: 'group:default/ledger',
  service: id,
  currency: 'USD',
  first: '2026-04-08',
  isMore: true,
  ...given,
});
const shop = 'group:default/shop';

/** The events as lists of ids, in the order in which they began. */
const grouped = (...anomalies: Begun[]): string[] => {
  const events = new Map<string, string[]>();
  for (const [id, event] of eventsOf(anomalies)) {
    events.set(event, [...(events.get(event) ?? []), id]);
  }
  return [...events.values()].map(ids => ids.sort().join(' ')).sort();
};

describe('eventsOf', () => {
  it('joins what begins on the same days for one owner', () => {
    expect(
      grouped(begun('a'), begun('b', { first: '2026-04-11' }), begun('c')),
    ).toEqual(['a b c']);
  });

  it('joins one service of several owners', () => {
    expect(
      grouped(
        begun('a', { service: 'Compute' }),
        begun('b', { service: 'Compute', groupRef: shop }),
        begun('c', { service: 'Compute', groupRef: null }),
      ),
    ).toEqual(['a b c']);
  });

  it('joins two events that a third anomaly shows to be one, named by the first', () => {
    const anomalies = [
      begun('a', { first: '2026-04-09' }),
      begun('b', { service: 'Compute', groupRef: shop }),
      begun('c', { service: 'Compute', first: '2026-04-10' }),
    ];
    expect(grouped(...anomalies)).toEqual(['a b c']);
    expect(new Set(eventsOf(anomalies).values())).toEqual(new Set(['b']));
    expect(eventsOf([...anomalies].reverse()).get('a')).toBe('b');
  });

  it.each([
    ['go the other way', { isMore: false }],
    ['are in another currency', { currency: 'EUR' }],
    ['begin days later', { first: '2026-04-12' }],
    ['have neither owner nor service in common', { groupRef: shop }],
  ])('keeps those apart that %s', (_, given) => {
    expect(grouped(begun('a'), begun('b', given))).toEqual(['a', 'b']);
  });

  it('does not join what nobody owns because nobody owns it', () => {
    const nobodys = { groupRef: null };
    expect(grouped(begun('a', nobodys), begun('b', nobodys))).toEqual([
      'a',
      'b',
    ]);
  });

  it('does not go on for ever, though one follows the other', () => {
    expect(
      grouped(
        begun('a'),
        begun('b', { first: '2026-04-10' }),
        begun('c', { first: '2026-04-12' }),
      ),
    ).toEqual(['a b', 'c']);
  });
});
