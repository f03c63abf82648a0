import { loadModule } from './modules.ts';
import { costsOf, kinds, type Costs, type Kind, type Truth } from './series.ts';

type Series = { from: number; amounts: readonly number[] };
type Found = { first: number; last: number };

const { detect } = loadModule<{
  detect: (series: Series, least: number) => Found[];
}>('insights/anomalies/detect.ts');

/** Money that an anomaly is about, at least; what is about less is nobody's loss. */
const least = 20;

/** What budgets' alerts do in many places: a day above the mean of the last thirty and three deviations. */
function threeSigma({ from, amounts }: Series): Found[] {
  const found: Found[] = [];
  for (let index = 35; index < amounts.length; index += 1) {
    const before = amounts.slice(index - 30, index);
    const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
    const deviation = Math.sqrt(
      before.reduce((sum, one) => sum + (one - mean) ** 2, 0) /
        (before.length - 1),
    );
    const off = Math.abs(amounts[index] - mean);
    if (off <= 3 * deviation || off < least) continue;
    const day = from + index;
    const last = found.at(-1);
    if (last && day - last.last <= 1) last.last = day;
    else found.push({ first: day, last: day });
  }
  return found;
}

/** The portal looks again and again, and each time it knows what is billed until then. */
const step = 7;
/** Days that it reads, and that it judges anew. */
const [read, judgedAnew] = [200, 35];

function asThePortal({ from, amounts }: Series): Found[] {
  const found: Found[] = [];
  for (let end = 42; end <= amounts.length; end += step) {
    const first = Math.max(0, end - read);
    const seen = detect(
      { from: from + first, amounts: amounts.slice(first, end) },
      least,
    );
    for (const one of seen) {
      if (one.last < from + end - judgedAnew) continue;
      const known = found.find(
        other => other.first <= one.last && one.first <= other.last,
      );
      if (known) known.last = Math.max(known.last, one.last);
      else found.push({ ...one });
    }
  }
  return found;
}

const methods = {
  Waymark: asThePortal,
  'Mean and three deviations': threeSigma,
};

/** Days after the beginning of what stays within which it must be noticed. */
const inTime = 7;

type Tally = { found: number; right: number; there: number; noticed: number };

function tally(costs: Costs, found: Found[]): Tally {
  const { from, truths, matters } = costs;
  const end = ({ kind, first, last }: Truth) =>
    kind === 'shift' ? first + inTime : last;
  const meets = (truth: Truth) => (one: Found) =>
    one.first - from <= end(truth) && one.last - from >= truth.first;
  const material = truths.filter((_, index) => matters[index] >= least);
  return {
    found: found.length,
    // A change that stays is noticed once; a second notice of it is one too many.
    right: found.filter(one => truths.some(truth => meets(truth)(one))).length,
    there: material.length,
    noticed: material.filter(truth => found.some(meets(truth))).length,
  };
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

function row(name: string, tallies: Tally[], years: number): string {
  const sum = (key: keyof Tally) =>
    tallies.reduce((total, one) => total + one[key], 0);
  return [
    name,
    percent(sum('right'), sum('found')),
    percent(sum('noticed'), sum('there')),
    sum('found') - sum('right'),
    ((sum('found') - sum('right')) / years).toFixed(2),
    sum('there'),
  ].join(' | ');
}

/** How good anomalies are, beside the rule that is used most. */
export function judgeAnomalies(options: {
  series: number;
  firstSeed: number;
}): string {
  const days = 400;
  const all = Array.from({ length: options.series }, (_, index) =>
    costsOf({ seed: options.firstSeed + index, days, incidents: 4 }),
  );
  const judged = (method: (series: Series) => Found[], kind?: Kind) =>
    all
      .filter(costs => !kind || costs.kind === kind)
      .map(costs => tally(costs, method(costs)));
  const years = (tallies: Tally[]) => (tallies.length * days) / 365;
  const rows = Object.entries(methods).flatMap(([name, method]) => [
    ...[undefined, ...kinds].map(kind => {
      const tallies = judged(method, kind);
      return row(
        kind ? `${name}: ${kind}` : `**${name}**`,
        tallies,
        years(tallies),
      );
    }),
  ]);
  return [
    '| What | Precision | Recall | False alarms | False alarms per series and year | Incidents |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(text => `| ${text} |`),
  ].join('\n');
}
