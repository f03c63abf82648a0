import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Campaign,
  CampaignRequest,
  PageQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Campaigns } from '../campaigns/Campaigns';
import type { Caller } from '../caller';
import { audited } from './audited';

/** Writes down who started, paused, resumed or cancelled which campaign. */
export class AuditedCampaigns implements Campaigns {
  readonly #campaigns: Campaigns;
  readonly #auditor: AuditorService;

  constructor(campaigns: Campaigns, auditor: AuditorService) {
    this.#campaigns = campaigns;
    this.#auditor = auditor;
  }

  start(request: CampaignRequest, caller: Caller) {
    return this.#audit('campaign-start', { ...request }, caller, () =>
      this.#campaigns.start(request, caller),
    );
  }

  list(query: PageQuery, caller: Caller) {
    return this.#campaigns.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#campaigns.find(id, caller);
  }

  pause(id: string, caller: Caller) {
    return this.#audit('campaign-pause', { id }, caller, () =>
      this.#campaigns.pause(id, caller),
    );
  }

  resume(id: string, caller: Caller) {
    return this.#audit('campaign-resume', { id }, caller, () =>
      this.#campaigns.resume(id, caller),
    );
  }

  cancel(id: string, caller: Caller) {
    return this.#audit('campaign-cancel', { id }, caller, () =>
      this.#campaigns.cancel(id, caller),
    );
  }

  #audit(
    eventId: string,
    asked: JsonObject,
    caller: Caller,
    act: () => Promise<Campaign>,
  ): Promise<Campaign> {
    return audited(
      this.#auditor,
      eventId,
      { asked, caller },
      act,
      ({ id, state }) => ({ id, state }),
    );
  }
}
