import type {
  Correction,
  Deployment,
  DeploymentDetail,
  Incident,
} from '@waymark/plugin-dora-common';
import type { Caller } from './MetricsService';

type Page<T> = { items: T[]; total: number };

/** Which records to list. */
export type ListQuery = {
  entityRef?: string;
  filter?: string;
  from?: string;
  to?: string;
  timeZone?: string;
  limit?: number;
  offset?: number;
};

export type DeploymentQuery = ListQuery & {
  environment?: string;
  outcome?: 'succeeded' | 'failed' | 'rework' | 'cancelled' | 'pending';
};

export type IncidentQuery = ListQuery & {
  state?: 'open' | 'resolved' | 'linked' | 'unlinked';
};

/** Deployments and incidents one by one, and what people set right about them. */
export interface RecordsService {
  /** The names of the environments that something was deployed to, production first. */
  environments(caller: Caller): Promise<{ items: string[] }>;
  deployments(
    query: DeploymentQuery,
    caller: Caller,
  ): Promise<Page<Deployment>>;
  /** @throws NotFoundError when there is none */
  deployment(id: string, caller: Caller): Promise<DeploymentDetail>;
  /**
   * @param correction.failed - null takes an earlier correction back
   * @throws NotFoundError when there is no such deployment
   */
  correctDeployment(
    id: string,
    correction: { failed: boolean | null; reason: string },
    caller: Caller,
  ): Promise<DeploymentDetail>;
  incidents(query: IncidentQuery, caller: Caller): Promise<Page<Incident>>;
  /**
   * @param correction.cause - the deployment, `null` for none of ours, `automatic` to take an earlier correction back
   * @throws NotFoundError when there is no such incident or deployment
   */
  correctIncident(
    id: string,
    correction: {
      cause: { deployment: string } | null | 'automatic';
      reason: string;
    },
    caller: Caller,
  ): Promise<Incident>;
  corrections(
    query: Pick<ListQuery, 'entityRef' | 'limit' | 'offset'>,
    caller: Caller,
  ): Promise<Page<Correction>>;
}
