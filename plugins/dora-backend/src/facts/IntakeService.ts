import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  DeliveryDetail,
  DeliveryState,
  ImportReport,
  InboxDelivery,
  ReplayableState,
  Status,
  Unmatched,
} from '@waymark/plugin-dora-common';

type Caller = { credentials: BackstageCredentials };
type Page<T> = { items: T[]; total: number };
type PageQuery = { limit?: number; offset?: number };

/** What came in, and what became of it. */
export interface IntakeService {
  importFacts(
    lines: AsyncIterable<Buffer>,
    caller: Caller,
  ): Promise<ImportReport>;
  deliveries(
    query: PageQuery & { state?: DeliveryState; source?: string },
    caller: Caller,
  ): Promise<Page<InboxDelivery>>;
  /** @throws NotFoundError when there is none */
  delivery(id: string, caller: Caller): Promise<DeliveryDetail>;
  /** @throws NotFoundError when there is none */
  replay(id: string, caller: Caller): Promise<InboxDelivery>;
  /** Has all deliveries read again that came to one end, of one source or of all. */
  replayAll(
    which: { state: ReplayableState; source?: string },
    caller: Caller,
  ): Promise<{ replayed: number }>;
  unmatched(query: PageQuery, caller: Caller): Promise<Page<Unmatched>>;
  status(caller: Caller): Promise<Status>;
}
