import { StringDecoder } from 'node:string_decoder';

/** A line of a text, or that it was too long to be read. */
export type Line = { number: number; text: string; tooLong: boolean };

/**
 * The lines of a stream of bytes as they arrive, several at a time, empty ones
 * left out. A line that is too long is not kept in memory; it is reported and
 * the next one goes on.
 *
 * @param longest - in characters
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<Line[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  let tooLong = false;

  const end = (lines: Line[]) => {
    number += 1;
    const line = { number, text: rest.trim(), tooLong };
    if (line.tooLong || line.text) lines.push(line);
    tooLong = false;
    rest = '';
  };
  const take = (part: string) => {
    rest += part;
    if (rest.length > longest) {
      tooLong = true;
      rest = '';
    }
  };

  for await (const chunk of chunks) {
    const parts = decoder.write(chunk).split('\n');
    const last = parts.pop() ?? '';
    const lines: Line[] = [];
    for (const part of parts) {
      take(part);
      end(lines);
    }
    take(last);
    if (lines.length > 0) yield lines;
  }
  take(decoder.end());
  const lines: Line[] = [];
  if (rest || tooLong) end(lines);
  if (lines.length > 0) yield lines;
}
