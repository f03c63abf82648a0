import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BillList,
  Import,
  ImportPage,
  ImportsQuery,
  WithdrawalOrder,
} from '@waymark/plugin-costs-common';

/** A file as it arrives. */
export type Upload = {
  content: AsyncIterable<Buffer>;
  /** How large the sender says that it is. */
  announced?: number;
};

/** Who calls. */
export type Caller = { credentials: BackstageCredentials };

/** Takes bills in, and says what became of them. */
export interface ImportsService {
  /**
   * Keeps a file, to be read in the background.
   *
   * @param about - `source`, `filename` and `strays`, as the caller wrote them
   */
  add(
    upload: Upload,
    about: Record<string, unknown>,
    caller: Caller,
  ): Promise<Import>;
  list(query: ImportsQuery, caller: Caller): Promise<ImportPage>;
  get(id: string, caller: Caller): Promise<Import>;
  /** Ends an import that is not over; nothing of its file counts. */
  cancel(id: string, caller: Caller): Promise<Import>;
  /** Takes back an import that counts; nothing of its file counts then. */
  withdraw(id: string, order: WithdrawalOrder, caller: Caller): Promise<Import>;
  /** The bills that count now. */
  bills(query: { source?: string }, caller: Caller): Promise<BillList>;
}
