import { median } from '../statistics.ts';
import { loadModule } from './modules.ts';
import { costsOf, kinds, type Costs, type Kind } from './series.ts';

type Series = { from: number; amounts: readonly number[] };
type Interval = { expected: number; low: number; high: number };

const { forecast, coverage } = loadModule<{
  coverage: number;
  forecast: (series: Series, until: number) => Interval | undefined;
}>('forecast/forecast.ts');
const { monthOf, quarterOf } = loadModule<
  Record<'monthOf' | 'quarterOf', (day: number) => { from: number; to: number }>
>('forecast/calendar.ts');

/** What people do on a sheet: the days of this month so far go on, give or take what single days do. */
function runRate(
  { from, amounts }: Series,
  until: number,
): Interval | undefined {
  const end = from + amounts.length;
  const soFar = amounts.slice(
    Math.max(0, monthOf(end).from - from, 0),
    amounts.length,
  );
  const days = soFar.length >= 2 ? soFar : amounts.slice(-30);
  const mean = days.reduce((sum, one) => sum + one, 0) / days.length;
  const deviation = Math.sqrt(
    days.reduce((sum, one) => sum + (one - mean) ** 2, 0) /
      Math.max(1, days.length - 1),
  );
  const ahead = until - end;
  const half = 1.28 * deviation * Math.sqrt(ahead);
  return {
    expected: mean * ahead,
    low: mean * ahead - half,
    high: mean * ahead + half,
  };
}

/** One question: what the month or quarter comes to, asked on a day. */
type Asked = {
  kind: Kind;
  error: number;
  isWithin: boolean;
  width: number;
};

const spanOf = { month: monthOf, quarter: quarterOf };

function ask(
  { kind, from, amounts }: Costs,
  known: number,
  span: keyof typeof spanOf,
  method: (series: Series, until: number) => Interval | undefined,
): Asked | undefined {
  const { from: begin, to } = spanOf[span](from + known);
  if (to - from > amounts.length) return undefined;
  const answer = method({ from, amounts: amounts.slice(0, known) }, to);
  if (!answer) return undefined;
  const sum = (first: number, last: number) =>
    amounts
      .slice(Math.max(0, first), last)
      .reduce((total, one) => total + one, 0);
  const came = sum(known, to - from);
  // Of the whole month: that is what people ask for.
  const whole = sum(begin - from, to - from);
  return {
    kind,
    error: Math.abs(answer.expected - came) / whole,
    isWithin: answer.low <= came && came <= answer.high,
    width: (answer.high - answer.low) / whole,
  };
}

const methods = { Waymark: forecast, 'Run rate': runRate };

/** Every series is asked on these days: with two months known, and with a year. */
const daysKnown = [62, 75, 90, 121, 152, 200, 243, 290, 333, 370];

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function row(name: string, asked: Asked[]): string {
  const errors = asked.map(({ error }) => error).sort((a, b) => a - b);
  return [
    name,
    percent(median(errors)),
    percent(errors[Math.floor(errors.length * 0.9)]),
    percent(asked.filter(({ isWithin }) => isWithin).length / asked.length),
    percent(median(asked.map(({ width }) => width))),
    asked.length,
  ].join(' | ');
}

/** How good forecasts are, beside what people do on a sheet. */
export function judgeForecasts(options: {
  series: number;
  firstSeed: number;
}): string {
  const all = Array.from({ length: options.series }, (_, index) =>
    costsOf({ seed: options.firstSeed + index, days: 470, incidents: 2 }),
  );
  const rows = (['month', 'quarter'] as const).flatMap(span =>
    Object.entries(methods).flatMap(([name, method]) => {
      const asked = all.flatMap(costs =>
        daysKnown.flatMap(known => ask(costs, known, span, method) ?? []),
      );
      return [
        row(`**End of ${span}, ${name}**`, asked),
        ...kinds.map(kind =>
          row(
            `End of ${span}, ${name}: ${kind}`,
            asked.filter(one => one.kind === kind),
          ),
        ),
      ];
    }),
  );
  return [
    `| What | Error, median | Error, 9 in 10 within | Within the interval (aim ${percent(
      coverage,
    )}) | Width of the interval, median | Questions |`,
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(text => `| ${text} |`),
  ].join('\n');
}
