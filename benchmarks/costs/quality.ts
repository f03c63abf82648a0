import '../settings.ts';
import { showFailure } from '../../packages/launcher/src/console/progress.ts';
import { writeReport } from '../report.ts';
import { allParts, readResults, record } from '../results.ts';
import { judgeForecasts } from './forecasts.ts';

/** Seeds that nothing was tuned by: those of the trials while it was written are others. */
const firstSeed = 1;
const series = Number(process.env.BENCHMARK_SERIES || 300);

const made = `${series} series of 470 days from seeds, of six sorts in turn: steady, busy with a week, batch jobs with the close of the month, fees on the first, little money with much noise, and growth by 5 to 18 % a month. Noise goes on from day to day. To each up to two things happened: a spike of one to four days, or a change that stays.`;

async function run(): Promise<string> {
  await record('costs-forecast', async () => ({
    title: 'Forecasts of costs',
    command: 'benchmarks/costs/quality.ts',
    method: `${made} Each is asked on ten days, with 62 to 370 days known, what the month and the quarter come to. The error is that of the whole month or quarter, what is billed included. The interval is to hold in four of five cases. The run rate is what people do on a sheet: the mean of the month so far, or of the last 30 days on its first two, goes on; its interval is what chance makes of single days. What happens after a question is asked counts as an error of both.`,
    table: judgeForecasts({ series, firstSeed }),
  }));
  return writeReport(await readResults(allParts));
}

run().then(
  file => process.stdout.write(`Written to ${file}\n`),
  error => {
    showFailure(error);
    process.exitCode = 1;
  },
);
