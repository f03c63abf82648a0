import { InputError, isError } from '@backstage/errors';
import type { ImportReport } from '@waymark/plugin-costs-common';

/** Thrown for a file that is not imported; the report says what was found in it. */
export class RefusedFileError extends InputError {
  readonly report: ImportReport;

  constructor(message: string, report: ImportReport) {
    super(message);
    this.report = report;
  }
}

/** Thrown for a file that is no text that can be read, from a line on. */
export class BrokenTextError extends InputError {
  readonly line: number;
  readonly reason: string;

  constructor(line: number, reason: string) {
    super(`Line ${line} ${reason}`);
    this.line = line;
    this.reason = reason;
  }
}

/** What is known of a file before its rows are looked at. */
export const reportOf = (format: ImportReport['format']): ImportReport => ({
  format,
  focusVersion: null,
  columns: { missing: [], unknown: [], wrongType: [] },
  rows: 0,
  refused: { count: 0, rows: [] },
  periods: [],
  warnings: [],
});

/** What the statement was about is ours to know; people need its first sentence. */
const firstLine = (error: Error) =>
  error.message.split('\n')[0].replace(/(["']?)\/[^"' ]*\1/g, 'the file');

/** Has what is wrong with a file come with its report. What DuckDB says of a file is about the file. */
export function refused(error: unknown, report: ImportReport): unknown {
  if (!isError(error)) return error;
  if (error instanceof RefusedFileError) return error;
  if (error instanceof BrokenTextError) {
    const { line, reason } = error;
    return new RefusedFileError(error.message, {
      ...report,
      refused: { count: 1, rows: [{ line, column: '', reason }] },
      warnings: ['Nothing was read after this line'],
    });
  }
  if (error.name === 'InputError') {
    return new RefusedFileError(error.message, report);
  }
  return /^(Invalid Input|Conversion|Out of Range) Error|Parquet|parquet/.test(
    error.message,
  )
    ? new RefusedFileError(
        `The file cannot be read: ${firstLine(error)}`,
        report,
      )
    : error;
}
