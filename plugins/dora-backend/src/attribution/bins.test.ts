import { binOf, lastBin, shortestOf } from './bins';

describe('binOf', () => {
  it('puts a duration into the bin that begins with it or before it', () => {
    for (let bin = 1; bin <= lastBin; bin += 1) {
      const first = shortestOf(bin);
      expect([binOf(first - 1), binOf(first), binOf(first + 1)]).toEqual([
        bin - 1,
        bin,
        bin,
      ]);
    }
  });

  it('has a bin for what is shorter and one for what is longer than all borders', () => {
    expect([binOf(0), binOf(999), binOf(Number.MAX_SAFE_INTEGER)]).toEqual([
      0,
      0,
      lastBin,
    ]);
  });
});
