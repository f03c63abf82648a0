import { percentile } from './statistics.ts';

/** One request of a page, each time for something else. */
export type Panel = { name: string; route: (turn: number) => string };

/** What one kind of request took, in milliseconds, and what it may take. */
export type Figure = { name: string; samples: number[]; limitMs?: number };

/** Asks for a panel again and again, each time for another period or component. */
export async function measurePanel(
  portal: { get: (route: string) => Promise<unknown> },
  { name, route }: Panel,
  { times, limitMs }: { times: number; limitMs: number },
): Promise<Figure> {
  const samples: number[] = [];
  // The first few warm up and are not counted.
  const warmUp = 5;
  for (let turn = 0; turn < times + warmUp; turn += 1) {
    const started = performance.now();
    await portal.get(route(turn));
    if (turn >= warmUp) samples.push(performance.now() - started);
  }
  return { name, samples, limitMs };
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

/** Median, 95th percentile and spread of each, as a table. */
export function figureTable(figures: Figure[]): string {
  const rows = figures.map(({ name, samples, limitMs }) => {
    const p95 = percentile(samples, 0.95);
    return [
      name,
      ms(percentile(samples, 0.5)),
      ms(p95),
      `${ms(Math.min(...samples))} to ${ms(Math.max(...samples))}`,
      limitMs === undefined
        ? '–'
        : `${limitMs} ms, ${p95 < limitMs ? 'met' : 'missed'}`,
      samples.length,
    ].join(' | ');
  });
  return [
    '| Request | Median | p95 | Spread | Aim for p95 | Samples |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(row => `| ${row} |`),
  ].join('\n');
}
