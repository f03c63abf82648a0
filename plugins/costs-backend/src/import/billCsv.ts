import { focusColumns } from '@waymark/plugin-costs-common';
import type { FocusRow } from '@waymark/plugin-costs-node';

const columns = focusColumns
  .filter(({ since }) => since === '1.0')
  .map(({ name }) => name);

const cell = (value: string | null | undefined) =>
  value === null || value === undefined
    ? ''
    : `"${value.replaceAll('"', '""')}"`;

/** Writes rows as a bill of FOCUS 1.0. Nothing at all when there is no row. */
export async function* billCsv(
  rows: AsyncIterable<FocusRow>,
): AsyncIterable<Buffer> {
  let isFirst = true;
  for await (const row of rows) {
    const line = columns.map(name => cell(row[name])).join(',');
    yield Buffer.from(
      isFirst ? `${columns.join(',')}\n${line}\n` : `${line}\n`,
    );
    isFirst = false;
  }
}
