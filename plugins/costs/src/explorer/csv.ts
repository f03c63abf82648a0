import type { Series } from '../charts/stack';

/** What a spreadsheet would run as a formula is told to be text. */
const asText = (text: string) =>
  /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;

const quoted = (text: string) =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The rows that are shown, and what each came to at each date, as the text of a CSV file. Amounts are exact. */
export function csvOf(options: {
  series: Series[];
  dates: string[];
  dimension: string;
  measure: string;
  currency: string;
}): string {
  const { series, dates, dimension, measure, currency } = options;
  const head = [dimension, 'Title', 'Currency', measure, ...dates];
  const rows = series.map(({ key, title, total, parts }) => [
    asText(key ?? ''),
    asText(title),
    currency,
    total,
    ...dates.map(date => parts.get(date) ?? '0'),
  ]);
  return `${[head, ...rows]
    .map(cells => cells.map(quoted).join(','))
    .join('\r\n')}\r\n`;
}
