import type { Fact } from '../facts';
import type { Asking } from './PoliteClient';

/** Part of a system's past. */
export type HistoryPage = {
  facts: Fact[];
  /** Where to go on after this page; absent at the end. */
  cursor?: string;
};

/** Which part of a system's past is read. */
export type HistoryQuestion = Asking & {
  /** What the system calls it, such as `larkspur/order-service`. */
  project: string;
  /** What was last touched before is left out. */
  since: Date;
  /** Of the last page that was kept, to go on after it. */
  cursor?: string;
};

/** Reads what a system kept from before it was connected. */
export interface DeliveryHistory {
  /** By which annotation a catalog entity names its project, such as `github.com/project-slug`. */
  readonly annotation: string;
  /**
   * Reads page by page, newest first. Reading a page twice gives the same
   * facts again, by the same ids.
   *
   * @throws InputError when the cursor is not one of these, or an answer is not understood
   * @throws NotFoundError when the system knows no such project
   * @throws NotAllowedError when it does not let us read
   * @throws ServiceUnavailableError when it does not answer
   */
  pages(options: HistoryQuestion): AsyncGenerator<HistoryPage, void, undefined>;
}
