import type { Level } from './levels';

/** Something that is measured on its own: a component, a team, everything. */
export type Part = { key: string; title: string; ids: number[] };

/** Parts of one level, in one environment. */
export type Parts = {
  level: Level;
  parts: Part[];
  environment: number;
  /** Whether the parts together are everything, or nearly so. */
  everywhere: boolean;
};

/** Names one part in one of several periods. */
export const cellKey = (part: string, interval: number) =>
  `${interval} ${part}`;
