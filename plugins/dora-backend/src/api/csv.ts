import type { MetricId, Row, RowsAnswer } from '@waymark/plugin-dora-common';
import type { Response } from 'express';
import { once } from 'node:events';

const parts = ['counted', 'excluded'] as const;
/** Which rows a file holds. */
export type RowsPart = (typeof parts)[number];

const columns = [
  'at',
  'service',
  'title',
  'value',
  'counted',
  'open',
  'reason',
  'sha',
  'deployment',
  'change',
  'url',
] as const satisfies readonly (keyof Row)[];

/**
 * One value of a CSV file as RFC 4180 has it. What a spreadsheet would take
 * for a formula gets an apostrophe before it.
 */
export function csvValue(value: string | number | boolean | null | undefined) {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const harmless =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

const line = (values: Parameters<typeof csvValue>[0][]) =>
  `${values.map(csvValue).join(',')}\r\n`;

/**
 * Sends all rows of a metric, a page at a time, so that no answer is held in
 * memory: those that counted and those that were left out, told apart by a
 * column.
 *
 * @param only - one of the two alone
 */
export async function sendCsv(
  res: Response,
  metric: MetricId,
  pagesOf: (part: RowsPart) => AsyncIterable<RowsAnswer>,
  only?: RowsPart,
): Promise<void> {
  let isBegun = false;
  for (const part of only ? [only] : parts) {
    for await (const { items } of pagesOf(part)) {
      if (!isBegun) {
        // What is wrong with the question is known by now, and is no CSV.
        res.type('text/csv');
        res.attachment(`${metric}.csv`);
        res.write(line(['part', ...columns]));
        isBegun = true;
      }
      for (const row of items) {
        if (!res.write(line([part, ...columns.map(column => row[column])]))) {
          await Promise.race([once(res, 'drain'), once(res, 'close')]);
        }
      }
      if (res.destroyed) return;
    }
  }
  res.end();
}
