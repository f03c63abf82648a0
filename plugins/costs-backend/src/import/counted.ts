/** Lets chunks through, and says how large each is. */
export const counted = (onBytes: (bytes: number) => void) =>
  async function* through(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      onBytes(chunk.length);
      yield chunk;
    }
  };
