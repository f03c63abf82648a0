import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  Campaign,
  CampaignPage,
  CampaignRequest,
  CountedServicePage,
  CountedServicesQuery,
  Drift,
  Exception,
  ExceptionPage,
  ExceptionsQuery,
  ExceptionVerdict,
  FleetPage,
  FleetQuery,
  FleetSummary,
  GoldenPathTemplate,
  Member,
  NewException,
  PageQuery,
  Upgrade,
  UpgradePage,
  UpgradePreview,
  UpgradeRequest,
  UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';

export type Asking = { signal?: AbortSignal };

/** What is asked and done about repositories on golden paths. Failures are thrown with the portal's own words. */
export interface FleetApi {
  listTemplates(asking?: Asking): Promise<GoldenPathTemplate[]>;
  getSummary(asking?: Asking): Promise<FleetSummary>;
  listFleet(query: FleetQuery, asking?: Asking): Promise<FleetPage>;
  listServices(
    query: CountedServicesQuery,
    asking?: Asking,
  ): Promise<CountedServicePage>;
  getMember(entityRef: string, asking?: Asking): Promise<Member>;
  getDrift(entityRef: string, asking?: Asking): Promise<Drift>;
  previewUpgrade(entityRef: string, asking?: Asking): Promise<UpgradePreview>;
  listUpgrades(query: UpgradesQuery, asking?: Asking): Promise<UpgradePage>;
  requestUpgrade(request: UpgradeRequest): Promise<Upgrade>;
  mergeUpgrade(id: string): Promise<Upgrade>;
  listCampaigns(query: PageQuery, asking?: Asking): Promise<CampaignPage>;
  getCampaign(id: string, asking?: Asking): Promise<Campaign>;
  startCampaign(request: CampaignRequest): Promise<Campaign>;
  steerCampaign(
    id: string,
    deed: 'pause' | 'resume' | 'cancel',
  ): Promise<Campaign>;
  listExceptions(
    query: ExceptionsQuery,
    asking?: Asking,
  ): Promise<ExceptionPage>;
  getException(id: string, asking?: Asking): Promise<Exception>;
  askException(wanted: NewException): Promise<Exception>;
  decideException(id: string, verdict: ExceptionVerdict): Promise<Exception>;
  endException(id: string): Promise<Exception>;
}

/** Reaches the golden-paths backend. */
export const fleetApiRef = createApiRef<FleetApi>({
  id: 'plugin.golden-paths.fleet',
});
