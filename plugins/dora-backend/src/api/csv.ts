import type { MetricId, Row, RowsAnswer } from '@waymark/plugin-dora-common';
import type { Response } from 'express';
import { once } from 'node:events';

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
const pageSize = 1000;

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

/** Sends all rows of a metric, a page at a time, so that no answer is held in memory. */
export async function sendCsv(
  res: Response,
  metric: MetricId,
  page: (query: { limit: number; offset: number }) => Promise<RowsAnswer>,
): Promise<void> {
  const first = await page({ limit: pageSize, offset: 0 });
  res.type('text/csv');
  res.attachment(`${metric}.csv`);
  res.write(line([...columns]));
  let answer = first;
  for (let offset = 0; answer.items.length > 0 && !res.destroyed; ) {
    for (const row of answer.items) {
      if (!res.write(line(columns.map(column => row[column])))) {
        await Promise.race([once(res, 'drain'), once(res, 'close')]);
      }
    }
    offset += answer.items.length;
    if (offset >= answer.total) break;
    answer = await page({ limit: pageSize, offset });
  }
  res.end();
}
