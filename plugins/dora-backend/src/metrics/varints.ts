/** Writes whole numbers in as few bytes as they need: seven bits a byte, the lowest first. */
export class VarintWriter {
  readonly #bytes: number[] = [];

  /** @param value - a whole number that is not negative, below 2^31 */
  write(value: number): void {
    let left = value;
    while (left > 0x7f) {
      this.#bytes.push((left % 0x80) + 0x80);
      left = Math.floor(left / 0x80);
    }
    this.#bytes.push(left);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}
