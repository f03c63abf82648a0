import type {
  CountedServicePage,
  CountedServicesQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Asking, FleetApi } from '../api/FleetApi';
import { useFleet } from '../api/useFleet';

const services = (
  api: FleetApi,
  query: CountedServicesQuery,
  asking: Asking,
): Promise<CountedServicePage> => api.listServices(query, asking);

/** The services that an address asks for. */
export const useServices = (query: CountedServicesQuery) =>
  useFleet(services, query);
