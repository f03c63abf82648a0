import type {
  Drift,
  Member,
  UpgradePage,
  UpgradePreview,
} from '@waymark/plugin-golden-paths-common';
import type { Asking, FleetApi } from '../api/FleetApi';
import { useFleet } from '../api/useFleet';

const member = (
  api: FleetApi,
  entityRef: string,
  asking: Asking,
): Promise<Member> => api.getMember(entityRef, asking);

const drift = (
  api: FleetApi,
  entityRef: string,
  asking: Asking,
): Promise<Drift> => api.getDrift(entityRef, asking);

const preview = (
  api: FleetApi,
  entityRef: string,
  asking: Asking,
): Promise<UpgradePreview> => api.previewUpgrade(entityRef, asking);

const latest = (
  api: FleetApi,
  entityRef: string,
  asking: Asking,
): Promise<UpgradePage> => api.listUpgrades({ entityRef, limit: 1 }, asking);

export const useMember = (entityRef: string) => useFleet(member, entityRef);
export const useDrift = (entityRef: string) => useFleet(drift, entityRef);
export const usePreview = (entityRef: string) => useFleet(preview, entityRef);
export const useLatestUpgrade = (entityRef: string) =>
  useFleet(latest, entityRef);
