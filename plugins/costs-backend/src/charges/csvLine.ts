import { InputError } from '@backstage/errors';
import { CsvError, parse } from 'csv-parse/sync';

/** What is wrong with a line, and what to do about it. */
function problemOf({ code, column }: CsvError): string {
  const where = `in value ${Number(column) + 1} of the line`;
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? `a quotation mark does not close ${where}`
    : `a quotation mark is within a value, ${where}; put the whole value in quotation marks, and write "" for each one in it`;
}

/**
 * The values of a line of CSV, with blanks around them left out.
 *
 * @throws InputError when quotation marks are where none may be, or do not close
 */
export function valuesOfLine(line: string): string[] {
  try {
    const [values = ['']] = parse(line, {
      trim: true,
      relaxColumnCount: true,
    });
    return values;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(problemOf(error));
  }
}
