import { countsOfJest, countsOfNode, type Counts } from './counts.ts';
import { failuresOfJest, failuresOfNode } from './failures.ts';

/** Reads what a test runner printed. */
export type Runner = {
  counts(output: string): Counts;
  failures(output: string): string[];
};

export const jest: Runner = { counts: countsOfJest, failures: failuresOfJest };

/** Node's own, with its `spec` reporter. */
export const node: Runner = { counts: countsOfNode, failures: failuresOfNode };
