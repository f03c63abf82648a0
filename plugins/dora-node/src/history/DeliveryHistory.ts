import type { Fact } from '../facts';

/** Part of a system's past. */
export type HistoryPage = {
  facts: Fact[];
  /** Where to go on after this page; absent at the end. */
  cursor?: string;
};

/** Reads what a system kept from before it was connected. */
export interface DeliveryHistory {
  /**
   * Reads page by page, newest first. Reading a page twice gives the same
   * facts again, by the same ids.
   *
   * @param options.project - what the system calls it, such as `larkspur/order-service`
   * @param options.since - what was last touched before is left out
   * @param options.cursor - of the last page that was kept, to go on after it
   * @throws InputError when the cursor is not one of these, or an answer is not understood
   * @throws NotFoundError when the system knows no such project
   * @throws NotAllowedError when it does not let us read
   * @throws ServiceUnavailableError when it does not answer
   */
  pages(options: {
    project: string;
    since: Date;
    cursor?: string;
    signal?: AbortSignal;
  }): AsyncGenerator<HistoryPage, void, undefined>;
}
