import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Backfill,
  BackfillOrder,
  BackfillPage,
} from '@waymark/plugin-dora-common';

type Caller = { credentials: BackstageCredentials };

/** Brings what delivery systems kept from before they were connected. */
export interface BackfillService {
  /**
   * Has the past of a system's projects brought in the background.
   *
   * @throws InputError when the system cannot be asked, the entity is unknown, or names no project
   * @throws ConflictError when the same is being brought
   */
  start(order: BackfillOrder, caller: Caller): Promise<Backfill>;
  list(
    query: { limit?: number; offset?: number },
    caller: Caller,
  ): Promise<BackfillPage>;
  /** @throws NotFoundError when there is none */
  find(id: string, caller: Caller): Promise<Backfill>;
  /**
   * Ends it; what it brought stays.
   *
   * @throws NotFoundError when there is none
   * @throws ConflictError when it has ended
   */
  cancel(id: string, caller: Caller): Promise<Backfill>;
  /**
   * Takes up where it ended.
   *
   * @throws NotFoundError when there is none
   * @throws ConflictError when it has neither failed nor been cancelled
   */
  resume(id: string, caller: Caller): Promise<Backfill>;
}
