/** What a group may spend in a month, and what of it is gone. US dollars. */
export type BudgetStanding = {
  /** What may be spent. */
  limit: number;
  /** What the running month comes to by its bills. */
  expected: number;
  /** Whether that is a forecast of the whole month; else it is what is billed so far. */
  isForecast: boolean;
};

/** Something that knows what groups may spend. */
export interface BudgetBook {
  /**
   * The monthly budget of a group.
   *
   * @returns undefined when none is set for it
   * @throws when it cannot be read: whoever asks has people decide then
   */
  of(
    owner: string,
    options?: { signal?: AbortSignal },
  ): Promise<BudgetStanding | undefined>;
}
