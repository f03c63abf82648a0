import type { Level } from './levels';
import type { ResolvedScope } from './ScopeResolver';

/** Something that is measured on its own: a component, a team, everything. */
export type Part = {
  key: string;
  title: string;
  ids: number[];
  /** The numbers of the periods for which it is measured; of all when absent. */
  asked?: number[];
};

/** Parts of one level, in one environment. */
export type Parts = {
  level: Level;
  parts: Part[];
  environment: number;
  /** Whether the parts together are most of everything, so that all is read and divided. */
  everywhere: boolean;
};

/** Names one part in one of several periods. */
export const cellKey = (part: string, interval: number) =>
  `${interval} ${part}`;

/** A scope as a single part. */
export function wholeOf(scope: ResolvedScope, environment: number): Parts {
  return {
    level: scope.level,
    environment,
    everywhere: scope.level === 'organisation',
    parts: [{ key: 'all', title: scope.description.title, ids: scope.ids }],
  };
}

/** The numbers of the periods for which a part is measured. */
export const askedOf = ({ asked }: Part, periods: unknown[]): number[] =>
  asked ?? periods.map((_, index) => index);
