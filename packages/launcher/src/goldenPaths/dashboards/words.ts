/** What the queries have in common: a template puts in what a repository is named. */

/** The series of one service: the scraper names the job after it. */
export const job = 'job="${{ values.name }}"';

/** How much a counter grows in a second, by labels. */
export const rate = (series: string) => `rate(${series}[$__rate_interval])`;

/** What a gauge of one service was since the point before. */
export const within = (gauge: string) => `${gauge}{${job}}[$__rate_interval]`;

/** How long half, 95 % and 99 % of what a histogram holds took at most. */
export function percentiles(
  histogram: string,
): [promql: string, legend: string][] {
  const buckets = `sum by (le) (${rate(`${histogram}{${job}}`)})`;
  return [
    [`histogram_quantile(0.5, ${buckets})`, '50 %'],
    [`histogram_quantile(0.95, ${buckets})`, '95 %'],
    [`histogram_quantile(0.99, ${buckets})`, '99 %'],
  ];
}

/** Which share failed: 0 when none did, empty when there was nothing. */
export const shareOf = (failed: string, all: string) =>
  `(sum(${rate(failed)}) or sum(${rate(all)}) * 0) / (sum(${rate(all)}) > 0)`;

/** How much of what an objective of 99.5 % over 30 days allows is left. */
export const budgetLeft = (failed: string, all: string) =>
  `1 - (sum(increase(${failed}[30d])) or vector(0)) / (sum(increase(${all}[30d])) > 0) / 0.005`;
