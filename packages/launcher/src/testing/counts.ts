import { stripVTControlCharacters } from 'node:util';

/** How many tests ran and how they ended. */
export type Counts = { passed: number; failed: number; skipped: number };

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/**
 * Reads the summary that Jest prints at its end: "Tests: 1 failed, 2 skipped,
 * 30 passed, 33 total". A file that could not even be loaded holds no test that
 * failed, and counts as one.
 */
export function countsOfJest(output: string): Counts {
  const text = stripVTControlCharacters(output);
  const read = (headline: string, word: string) => {
    const line = text.match(new RegExp(`^${headline}:.*$`, 'gm'))?.at(-1) ?? '';
    return Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  };
  return {
    passed: read('Tests', 'passed'),
    failed: Math.max(read('Tests', 'failed'), read('Test Suites', 'failed')),
    skipped: read('Tests', 'skipped') + read('Tests', 'todo'),
  };
}

/** Reads the summary that Node's test runner prints at its end: "ℹ pass 12". */
export function countsOfNode(output: string): Counts {
  const text = stripVTControlCharacters(output);
  const read = (word: string) =>
    [...text.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}

/** A part that failed has a failure to show, even one that ended before it counted any. */
export function truthful(passed: boolean, counts: Counts): Counts {
  return passed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
