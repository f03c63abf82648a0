/*
 * What PostgreSQL puts one behind the other as bytes: of tens of thousands of
 * numbers that takes a fraction of the time that rows of text take.
 */

/** Reads what `int4send` wrote. */
export function decodeInts(bytes: Buffer): Int32Array {
  const values = new Int32Array(bytes.length / 4);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = bytes.readInt32BE(index * 4);
  }
  return values;
}

/** Reads what `int8send` wrote, as far as it is a safe integer. */
export function decodeLongs(bytes: Buffer): Float64Array {
  const values = new Float64Array(bytes.length / 8);
  for (let index = 0; index < values.length; index += 1) {
    values[index] =
      bytes.readInt32BE(index * 8) * 2 ** 32 +
      bytes.readUInt32BE(index * 8 + 4);
  }
  return values;
}

/** Reads what `float8send` wrote. */
export function decodeDoubles(bytes: Buffer): Float64Array {
  const values = new Float64Array(bytes.length / 8);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = bytes.readDoubleBE(index * 8);
  }
  return values;
}
