/** Types of columns that can be copied in. */
export type ColumnType = 'int' | 'text' | 'boolean' | 'timestamptz' | 'text[]';

/** A row by the names of its columns. Instants are ISO 8601; what is absent is null. */
export type CopyRow = Record<string, unknown>;

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const textType = 25;
/** PostgreSQL counts microseconds from the year 2000. */
const epoch = Date.UTC(2000, 0, 1);
const word = 2 ** 32;

/** Bytes one after the other, with as much room as they need. */
class Bytes {
  #buffer: Buffer;
  #end = 0;

  constructor(expected: number) {
    this.#buffer = Buffer.allocUnsafe(expected);
  }

  /** Where the next byte comes. */
  get end(): number {
    return this.#end;
  }

  raw(bytes: Buffer): void {
    this.#room(bytes.length);
    this.#end += bytes.copy(this.#buffer, this.#end);
  }

  int16(value: number): void {
    this.#room(2);
    this.#end = this.#buffer.writeInt16BE(value, this.#end);
  }

  int32(value: number): void {
    this.#room(4);
    this.#end = this.#buffer.writeInt32BE(value, this.#end);
  }

  /** A number of milliseconds as microseconds in 64 bits. */
  micros(millis: number): void {
    this.#room(8);
    const value = millis * 1000;
    const high = Math.floor(value / word);
    this.#end = this.#buffer.writeInt32BE(high, this.#end);
    this.#end = this.#buffer.writeUInt32BE(value - high * word, this.#end);
  }

  /** A text, with its length before it. */
  text(value: string): void {
    this.#room(4 + 3 * value.length);
    const length = this.#buffer.write(value, this.#end + 4, 'utf8');
    this.#buffer.writeInt32BE(length, this.#end);
    this.#end += 4 + length;
  }

  /** Fills in a number that was not known before. */
  setInt32(at: number, value: number): void {
    this.#buffer.writeInt32BE(value, at);
  }

  toBuffer(): Buffer {
    return this.#buffer.subarray(0, this.#end);
  }

  #room(needed: number): void {
    if (this.#end + needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(
      Math.max(2 * this.#buffer.length, this.#end + needed),
    );
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}

function writeArray(bytes: Bytes, values: string[]): void {
  const start = bytes.end;
  bytes.int32(0);
  bytes.int32(values.length > 0 ? 1 : 0);
  bytes.int32(0);
  bytes.int32(textType);
  if (values.length > 0) {
    bytes.int32(values.length);
    bytes.int32(1);
    values.forEach(value => bytes.text(value));
  }
  bytes.setInt32(start, bytes.end - start - 4);
}

function writeValue(bytes: Bytes, type: ColumnType, value: unknown): void {
  if (value === undefined || value === null) {
    bytes.int32(-1);
    return;
  }
  switch (type) {
    case 'int':
      bytes.int32(4);
      bytes.int32(Number(value));
      break;
    case 'boolean':
      bytes.int32(1);
      bytes.raw(Buffer.of(value ? 1 : 0));
      break;
    case 'timestamptz':
      bytes.int32(8);
      bytes.micros(Date.parse(String(value)) - epoch);
      break;
    case 'text[]':
      writeArray(bytes, value as string[]);
      break;
    default:
      bytes.text(String(value));
  }
}

/**
 * Rows in the binary format of COPY: the database takes them as they are and
 * reads no text.
 *
 * @param columns - of the table, with their types, in the order of the statement
 */
export function encodeRows(
  columns: Record<string, ColumnType>,
  rows: CopyRow[],
): Buffer {
  const entries = Object.entries(columns);
  const bytes = new Bytes(1024 + rows.length * 512);
  bytes.raw(signature);
  // No flags, and no extension of the header.
  bytes.int32(0);
  bytes.int32(0);
  for (const row of rows) {
    bytes.int16(entries.length);
    for (const [name, type] of entries) writeValue(bytes, type, row[name]);
  }
  bytes.int16(-1);
  return bytes.toBuffer();
}
