import type {
  Replay,
  ReplayPage,
  ReplaysQuery,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** Makes decisions again under the rules of today; nothing comes of it. */
export interface ReplayService {
  /** @throws NotFoundError */
  ofRequest(id: string, caller: Caller): Promise<Replay[]>;
  /** Those of a part of a period that would differ. @throws InputError */
  ofPeriod(query: ReplaysQuery, caller: Caller): Promise<ReplayPage>;
}
