import { showFailure } from '../packages/launcher/src/console/progress.ts';
import { writeReport } from './report.ts';
import { allParts, readResults } from './results.ts';

/**
 * Runs a benchmark, and writes the report of all that was ever measured.
 *
 * @param measure - records what it finds; gets the first argument of the command
 */
export function runBenchmark(
  measure: (wanted?: string) => Promise<void>,
): void {
  measure(process.argv[2])
    .then(async () => writeReport(await readResults(allParts)))
    .then(
      file => process.stdout.write(`Written to ${file}\n`),
      error => {
        showFailure(error);
        process.exitCode = 1;
      },
    );
}
