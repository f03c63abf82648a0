import { once } from 'node:events';
import type { Writable } from 'node:stream';

type Value = string | number | boolean | null | undefined;

/**
 * One value of a CSV file as RFC 4180 has it. What a spreadsheet would take
 * for a formula gets an apostrophe before it.
 */
function csvValue(value: Value): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const harmless =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/** A line of a CSV file. */
export const csvLine = (values: Value[]) =>
  `${values.map(csvValue).join(',')}\r\n`;

/** What a router gives to answer a file with, whatever else it may answer. */
type FileResponse = Writable & {
  type: (type: string) => unknown;
  attachment: (name: string) => unknown;
};

/** Sends a file part by part, no faster than it is taken. */
export async function sendParts(
  res: FileResponse,
  file: { name: string; type: string; head?: string },
  parts: AsyncIterable<string>,
): Promise<void> {
  let isBegun = false;
  const begin = () => {
    if (isBegun) return;
    // What is wrong with the question is known by now, and is no file.
    res.attachment(file.name);
    // After the name, whose ending would say another one.
    res.type(file.type);
    if (file.head) res.write(file.head);
    isBegun = true;
  };
  for await (const part of parts) {
    begin();
    if (res.destroyed) return;
    if (!res.write(part)) {
      await Promise.race([once(res, 'drain'), once(res, 'close')]);
    }
  }
  begin();
  res.end();
}
