/** A file in a place that is watched. */
export type FoundFile = {
  /** Where it is, among all places. */
  path: string;
  /** How people of the place call it. */
  name: string;
  bytes: number;
  modifiedAt: Date;
  /** @param signal - of whoever reads it now, which may be later than it was found */
  open: (signal: AbortSignal | undefined) => Promise<AsyncIterable<Buffer>>;
};

/** Somewhere that somebody puts the bills of a source. */
export interface BillPlace {
  /** What imports and log lines call it, such as `folder:/exports/aws`. */
  readonly id: string;
  /** Whose bills are put there. */
  readonly source: string;
  /**
   * Everything that is there, bills and other files, in any order.
   *
   * @param onUnreadable - told of what cannot be looked at; the others come all the same
   * @throws when nothing can be looked at
   */
  files(
    signal: AbortSignal | undefined,
    onUnreadable: (path: string, error: unknown) => void,
  ): AsyncIterable<FoundFile>;
}
