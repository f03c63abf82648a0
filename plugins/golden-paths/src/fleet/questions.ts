import type {
  FleetPage,
  FleetQuery,
  FleetSummary,
} from '@waymark/plugin-golden-paths-common';
import type { Asking, FleetApi } from '../api/FleetApi';
import { useFleet } from '../api/useFleet';

const fleet = (
  api: FleetApi,
  query: FleetQuery,
  asking: Asking,
): Promise<FleetPage> => api.listFleet(query, asking);

const summary = (
  api: FleetApi,
  _query: 'all',
  asking: Asking,
): Promise<FleetSummary> => api.getSummary(asking);

/** The repositories that an address asks for. */
export const useMembers = (query: FleetQuery) => useFleet(fleet, query);

/** How the fleet is spread. */
export const useSummary = () => useFleet(summary, 'all');
