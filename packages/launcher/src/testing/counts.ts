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

/** Reads the summary that Jest prints at its end: "Tests: 1 failed, 2 skipped, 30 passed, 33 total". */
export function countsOfJest(output: string): Counts {
  const line = output.match(/^Tests:.*$/gm)?.at(-1) ?? '';
  const read = (word: string) =>
    Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return {
    passed: read('passed'),
    failed: read('failed'),
    skipped: read('skipped') + read('todo'),
  };
}

/** Reads the summary that Node's test runner prints at its end: "ℹ pass 12". */
export function countsOfNode(output: string): Counts {
  const read = (word: string) =>
    [...output.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}
