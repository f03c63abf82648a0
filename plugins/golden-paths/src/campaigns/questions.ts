import type {
  Campaign,
  CampaignPage,
  GoldenPathTemplate,
  PageQuery,
  UpgradePage,
  UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Asking, FleetApi } from '../api/FleetApi';
import { useFleet } from '../api/useFleet';

const campaigns = (
  api: FleetApi,
  query: PageQuery,
  asking: Asking,
): Promise<CampaignPage> => api.listCampaigns(query, asking);

const campaign = (
  api: FleetApi,
  id: string,
  asking: Asking,
): Promise<Campaign> => api.getCampaign(id, asking);

const upgrades = (
  api: FleetApi,
  query: UpgradesQuery,
  asking: Asking,
): Promise<UpgradePage> => api.listUpgrades(query, asking);

const templates = (
  api: FleetApi,
  _query: 'all',
  asking: Asking,
): Promise<GoldenPathTemplate[]> => api.listTemplates(asking);

export const useCampaigns = (query: PageQuery) => useFleet(campaigns, query);
export const useCampaign = (id: string) => useFleet(campaign, id);
export const useUpgrades = (query: UpgradesQuery) => useFleet(upgrades, query);
export const useTemplates = () => useFleet(templates, 'all');
