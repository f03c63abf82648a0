import fc from 'fast-check';
import { lastBin } from '../attribution/bins';
import { Histogram, nearestRank } from './Histogram';

const bins = fc.array(fc.nat(lastBin), { maxLength: 400 });
const histogramOf = (some: number[]) => {
  const histogram = new Histogram();
  some.forEach(bin => histogram.add(bin));
  return histogram;
};
const countsOf = (some: number[]) => {
  const counts = new Map<number, number>();
  for (const bin of some) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
};

describe('Histogram', () => {
  it('adds up what was written, however it is cut into parts', () => {
    fc.assert(
      fc.property(fc.array(bins, { maxLength: 5 }), parts => {
        const read = new Histogram();
        read.mergeEncoded(
          Buffer.concat(parts.map(part => histogramOf(part).encode())),
        );
        const merged = new Histogram();
        for (const part of parts) merged.merge(histogramOf(part));
        for (const histogram of [read, merged]) {
          expect(histogram.entries()).toEqual(countsOf(parts.flat()));
          expect(histogram.size).toBe(parts.flat().length);
        }
      }),
    );
  });

  it('keeps counts that take several bytes', () => {
    const histogram = new Histogram();
    histogram.add(lastBin, 2_000_000_000);
    histogram.add(0, 128);
    const read = new Histogram();
    read.mergeEncoded(histogram.encode());
    expect(read.entries()).toEqual([
      [0, 128],
      [lastBin, 2_000_000_000],
    ]);
  });

  it('finds ranks as sorting everything does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(lastBin), { minLength: 1, maxLength: 400 }),
        some => {
          const sorted = [...some].sort((a, b) => a - b);
          const ranks = [
            1,
            ...[50, 75, 90].map(p => nearestRank(p, some.length)),
          ];
          expect(histogramOf(some).locate(ranks)).toEqual(
            ranks.map(rank => {
              const bin = sorted[rank - 1];
              return { bin, rank: rank - sorted.indexOf(bin) };
            }),
          );
        },
      ),
    );
  });

  it('has no rank beyond its last', () => {
    expect(() => histogramOf([1]).locate([2])).toThrow(RangeError);
  });
});
