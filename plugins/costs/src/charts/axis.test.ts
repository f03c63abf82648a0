import { axisOf } from './axis';
import type { Series } from './stack';

const series = (...amounts: string[]): Series => ({
  id: amounts.join(),
  key: 'x',
  title: 'x',
  colour: 0,
  total: '0',
  parts: new Map(amounts.map((amount, day) => [String(day), amount])),
});
const dates = ['0', '1', '2'];

describe('axisOf', () => {
  it('has round steps to above the highest stack', () => {
    expect(axisOf([series('100', '40'), series('30', '95')], dates)).toEqual({
      domain: [0, 150],
      ticks: [0, 50, 100, 150],
    });
  });

  it('goes below zero no further than the bars, with a step there only when they reach it', () => {
    expect(axisOf([series('100'), series('-3')], dates)).toEqual({
      domain: [-3, 100],
      ticks: [0, 50, 100],
    });
    expect(axisOf([series('10'), series('-25')], dates)).toEqual({
      domain: [-25, 20],
      ticks: [-20, 0, 20],
    });
  });

  it('is there for credits alone, and for amounts of a fraction of a cent', () => {
    expect(axisOf([series('-30')], dates)).toEqual({
      domain: [-30, 0],
      ticks: [-30, -20, -10, 0],
    });
    expect(axisOf([series('0.0003')], dates)?.ticks).toHaveLength(4);
  });

  it('is left to the chart where nothing is', () => {
    expect(axisOf([], dates)).toBeUndefined();
    expect(axisOf([series('0', '0.00')], dates)).toBeUndefined();
  });
});
