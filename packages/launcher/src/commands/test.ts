import fs from 'node:fs/promises';
import { say } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { becomeOnlyLauncher } from '../processes/registry.ts';
import { add, none } from '../testing/counts.ts';
import { parts } from '../testing/parts.ts';
import type { Finished } from '../testing/phase.ts';
import { runPhases } from '../testing/schedule.ts';

/** Parts share a machine of at least so many; more would make them wait for each other's memory. */
const cores = 2;

/** Failures of one part that are shown again at the end, where they are looked for first. */
const shown = 8;

function summarise(finished: Finished[]): void {
  say('\n── Summary');
  for (const { name, passed, seconds, counts } of finished) {
    const tally = counts.passed + counts.failed + counts.skipped;
    say(
      `  ${passed ? '✓' : '✗'} ${name.padEnd(48)} ${seconds
        .toFixed(0)
        .padStart(4)} s${tally ? `   ${counts.passed} of ${tally} tests` : ''}`,
    );
  }
  const total = finished.map(({ counts }) => counts).reduce(add, none);
  say(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  );
}

/**
 * `npm test`: every part, or the one whose name begins with the given word
 * (`npm test -- types`). Goes on after a failure, so that one run shows all.
 */
export async function test([wanted]: string[]): Promise<void> {
  const all = parts();
  const chosen = all.filter(
    ({ name }) =>
      !wanted || name.toLowerCase().startsWith(wanted.toLowerCase()),
  );
  if (!chosen.length) {
    throw new LaunchFailure(
      `No part of the tests begins with "${wanted}".`,
      `Choose one of: ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  await fs.rm(paths.home, { recursive: true, force: true });
  await becomeOnlyLauncher();
  const finished = await runPhases(chosen, cores);
  summarise(finished);
  const failed = finished.filter(({ passed }) => !passed);
  for (const { name, failures } of failed) {
    say(`\n── ✗ ${name}\n${failures.slice(0, shown).join('\n\n')}`);
  }
  if (failed.length) {
    throw new LaunchFailure(
      `Failed: ${failed.map(({ name }) => name).join(', ')}.`,
      'The reasons stand above, shortly here, and in full below the headline of each.',
    );
  }
}
