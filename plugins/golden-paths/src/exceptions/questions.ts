import type {
  Exception,
  ExceptionPage,
  ExceptionsQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Asking, FleetApi } from '../api/FleetApi';
import { useFleet } from '../api/useFleet';

const exceptions = (
  api: FleetApi,
  query: ExceptionsQuery,
  asking: Asking,
): Promise<ExceptionPage> => api.listExceptions(query, asking);

const exception = (
  api: FleetApi,
  id: string,
  asking: Asking,
): Promise<Exception> => api.getException(id, asking);

/** The exceptions that a query asks for, the latest first. */
export const useExceptions = (query: ExceptionsQuery) =>
  useFleet(exceptions, query);

/** One exception. */
export const useException = (id: string) => useFleet(exception, id);
