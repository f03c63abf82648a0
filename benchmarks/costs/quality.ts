import '../settings.ts';
import { LaunchFailure } from '../../packages/launcher/src/failure.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import { judgeAnomalies } from './anomalies.ts';
import { judgeForecasts } from './forecasts.ts';

/** Seeds that nothing was tuned by: those of the trials while it was written are others. */
const firstSeed = 1;
const series = Number(process.env.BENCHMARK_SERIES || 300);

const made = (days: number, most: string) =>
  `${series} series of ${days} days from seeds, of six sorts in turn: steady, busy with a week, batch jobs with the close of the month, fees on the first, little money with much noise, and growth by 5 to 18 % a month. Noise goes on from day to day. To each up to ${most} things happened: a spike of one to four days, or a change that stays, by 50 to 300 % up or 40 to 90 % down.`;

const parts = {
  forecast: async () => ({
    title: 'Forecasts of costs',
    command: 'benchmarks/costs/quality.ts forecast',
    method: `${made(
      470,
      'two',
    )} Each is asked on ten days, with 62 to 370 days known, what the month and the quarter come to. The error is that of the whole month or quarter, what is billed included. The interval is to hold in four of five cases. The run rate is what people do on a sheet: the mean of the month so far, or of the last 30 days on its first two, goes on; its interval is what chance makes of single days. What happens after a question is asked counts as an error of both.`,
    table: judgeForecasts({ series, firstSeed }),
  }),
  anomalies: async () => ({
    title: 'Anomalies of costs',
    command: 'benchmarks/costs/quality.ts anomalies',
    method: `${made(
      400,
      'four',
    )} Precision is how much of what was found had happened; recall is how much of what had happened was found, on one of its days or, of what stays, within a week. Counted for recall is what is about 20 of the currency at least, which is also the least that the portal looks at. The portal looks each week, and knows what is billed until then. The rule beside it, which is that of many an alert: a day is odd when it is more than three deviations from the mean of the thirty days before.`,
    table: judgeAnomalies({ series, firstSeed }),
  }),
};

async function run(wanted?: string): Promise<void> {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const chosen = names.filter(name => !wanted || name === wanted);
  if (!chosen.length) {
    throw new LaunchFailure(
      `There is no part called "${wanted}".`,
      `Choose one of: ${names.join(', ')}; without a name both are run.`,
    );
  }
  for (const name of chosen) await record(`costs-${name}`, parts[name]);
}

runBenchmark(run);
