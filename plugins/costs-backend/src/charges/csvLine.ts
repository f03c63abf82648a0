import { InputError } from '@backstage/errors';

/** A value, and where the line goes on after it. */
type Cell = { value: string; next: number };

/** How much of a line is shown of where it is wrong. */
const shown = 40;

function afterBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && line[at].trim() === '') at += 1;
  return at;
}

function misplaced(line: string, at: number): InputError {
  return new InputError(
    `a quotation mark is within a value: ${line.slice(
      at,
      at + shown,
    )}; put the whole value in quotation marks, and write "" for each one in it`,
  );
}

/** A value whose first quotation mark is at `start`. */
function quotedCell(line: string, start: number): Cell {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const end = line.indexOf('"', from);
    if (end < 0) {
      throw new InputError(
        `a quotation mark does not close: ${line.slice(start, start + shown)}`,
      );
    }
    parts.push(line.slice(from, end));
    if (line[end + 1] !== '"') {
      const next = afterBlanks(line, end + 1);
      if (next < line.length && line[next] !== ',') {
        throw misplaced(line, start);
      }
      return { value: parts.join('"'), next };
    }
    from = end + 2;
  }
}

/** A value without quotation marks that begins at `start`. */
function plainCell(line: string, start: number): Cell {
  const comma = line.indexOf(',', start);
  const next = comma < 0 ? line.length : comma;
  const value = line.slice(start, next).trimEnd();
  if (value.includes('"')) throw misplaced(line, start);
  return { value, next };
}

/**
 * The values of a line of CSV, as RFC 4180 has them but for line breaks, and
 * with blanks around them left out. No regular expression finds them: the time
 * grows with the length of the line, whatever somebody sends.
 *
 * @throws InputError when quotation marks are where none may be, or do not close
 */
export function valuesOfLine(line: string): string[] {
  const values: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const start = afterBlanks(line, at);
    const { value, next } =
      line[start] === '"' ? quotedCell(line, start) : plainCell(line, start);
    values.push(value);
    at = next + 1;
  }
  return values;
}
