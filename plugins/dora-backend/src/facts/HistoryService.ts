import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { HistoryRun, HistorySummary } from '@waymark/plugin-dora-common';
import type { HistoryOptions } from '../ingest/history/historyFacts';

type Caller = { credentials: BackstageCredentials };

/** Brings the history of Git repositories. */
export interface HistoryService {
  /**
   * Has the history of a repository brought in the background.
   *
   * @param order.entityRef - the component it belongs to
   * @throws InputError when the component or the address is none
   * @throws NotAllowedError when the portal does not read from that host
   */
  order(
    order: { entityRef: string; repository: string; options: HistoryOptions },
    caller: Caller,
  ): Promise<HistoryRun>;
  /** @throws NotFoundError when there is none */
  find(id: string, caller: Caller): Promise<HistoryRun>;
  /**
   * Takes a history as Git wrote it, from a clone that is elsewhere.
   *
   * @throws InputError when it is not understood; nothing of it is taken then
   */
  takeLog(
    log: AsyncIterable<Buffer>,
    about: { entityRef: string; options: HistoryOptions },
    caller: Caller,
  ): Promise<HistorySummary>;
}
