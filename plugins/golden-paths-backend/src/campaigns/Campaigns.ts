import type {
  Campaign,
  CampaignPage,
  CampaignRequest,
  PageQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';

/** Upgrades of many repositories. */
export interface Campaigns {
  /** @throws ConflictError when there is nothing to upgrade */
  start(request: CampaignRequest, caller: Caller): Promise<Campaign>;
  list(query: PageQuery, caller: Caller): Promise<CampaignPage>;
  /** @throws NotFoundError */
  find(id: string, caller: Caller): Promise<Campaign>;
  /** @throws ConflictError when it does not run */
  pause(id: string, caller: Caller): Promise<Campaign>;
  /** @throws ConflictError when it is not paused */
  resume(id: string, caller: Caller): Promise<Campaign>;
  /** @throws ConflictError when it has ended */
  cancel(id: string, caller: Caller): Promise<Campaign>;
}
