import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { folder } from './settings.ts';
import { yardstick } from './yardstick.ts';

/** One figure of both portals: a sample for each time it was measured. */
export type Row = {
  name: string;
  unit: 's' | 'ms' | 'MB' | 'kB';
  waymark: number[];
  vanilla: number[];
};

/** What was found: figures of both portals side by side, or tables of Waymark alone. */
type Measured = {
  title: string;
  /** How it was measured, for whoever doubts it. */
  method: string;
  /** What was run, where that is not `benchmarks/run.ts` and the name of the part. */
  command?: string;
} & ({ rows: Row[] } | { table: string });

/** What one part of the benchmark found, and how busy the machine was meanwhile. */
export type Result = Measured & {
  part: string;
  when: string;
  /** One-minute load averages before and after. */
  load: [number, number];
  /** What {@link yardstick} took before and after, in milliseconds; older results have none. */
  yardstick?: [number, number];
};

/** Every part there is, in the order of the report. */
export const allParts = [
  'starts',
  'browser',
  'ingestion',
  'dora-medium',
  'dora-large',
  'dora-intake',
  'dora-kills',
  'costs-million',
  'costs-ten',
  'policy',
  'infrastructure',
  'costs-forecast',
  'costs-anomalies',
  'golden-paths',
];

const results = path.join(folder, 'results');

/** Measures a part and keeps what it found beside what other parts found earlier. */
export async function record(
  part: string,
  measure: () => Promise<Measured>,
): Promise<void> {
  const before = { load: os.loadavg()[0], yardstick: yardstick() };
  const measured = await measure();
  const result: Result = {
    part,
    ...measured,
    when: new Date().toISOString(),
    load: [before.load, os.loadavg()[0]],
    yardstick: [before.yardstick, yardstick()],
  };
  await fs.mkdir(results, { recursive: true });
  await fs.writeFile(
    path.join(results, `${part}.json`),
    JSON.stringify(result, null, 2),
  );
}

/** The newest result of each of the parts that has one, in the order given. */
export async function readResults(parts: string[]): Promise<Result[]> {
  const texts = await Promise.all(
    parts.map(part =>
      fs
        .readFile(path.join(results, `${part}.json`), 'utf8')
        .catch(() => undefined),
    ),
  );
  return texts.flatMap(text => (text ? [JSON.parse(text) as Result] : []));
}
