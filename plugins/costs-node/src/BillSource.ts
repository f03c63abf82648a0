/**
 * A row of a bill, by the names of the columns of FOCUS 1.0. Costs and
 * quantities are decimal numbers, moments ISO 8601, `Tags` a JSON object: all
 * of it as text, as a file has it. What is left out is null.
 */
export type FocusRow = Record<string, string | null>;

/** A billing period: a calendar month of UTC, as far as it is over. */
export type BillingMonth = {
  start: Date;
  /** The first moment of the next month. */
  end: Date;
  /** The end of what there is to tell: of the month, or of yesterday. */
  until: Date;
};

/** A system that bills nobody by files, but can be asked what was used. */
export interface BillSource {
  /**
   * Whose bills these are, such as `opencost-production`, as imports have it:
   * small letters, digits, dots, underscores and hyphens; the same always.
   */
  readonly source: string;

  /**
   * The rows of a month. Together they take the place of what the source said
   * of the month before, so all of them have to come, each time. Nothing is
   * imported when there is none, or when this throws half-way. Where all charges
   * are of a day or less, days at the beginning that it does not tell of any
   * more stay as they are stored: a source may forget them.
   */
  rows(month: BillingMonth, signal: AbortSignal): AsyncIterable<FocusRow>;
}
