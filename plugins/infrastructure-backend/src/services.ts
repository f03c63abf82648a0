import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { Idempotency } from './api/Idempotency';
import { createWrites } from './api/writes';
import type { AuditTrail } from './audit/AuditTrail';
import { AuthorizedRequests } from './decisions/AuthorizedRequests';
import type { Budgets } from './decisions/Budgets';
import type { Reservations } from './decisions/Reservations';
import type { RequestsService } from './decisions/RequestsService';
import type { RightSizing } from './decisions/RightSizing';
import type { Engines, Offerings } from './offerings/Offerings';
import type { RunQueue } from './queue/RunQueue';
import type { DelegationStore } from './requests/DelegationStore';
import type { Actors } from './requests/people';
import type { RequestStore } from './requests/RequestStore';
import { AuthorizedResources } from './resources/AuthorizedResources';
import { DefaultResourcesService } from './resources/DefaultResourcesService';
import { LeftStates } from './resources/LeftStates';
import { OrphanSearcher } from './resources/OrphanSearcher';
import type { Outputs } from './runs/Outputs';
import type { RunLogStore } from './runs/RunLog';
import type { StateService } from './state/StateService';
import { AuthorizedViews } from './views/AuthorizedViews';
import type { EstimateAccuracy } from './views/EstimateAccuracy';
import { DefaultViewsService } from './views/DefaultViewsService';

/** Wires what pages and programs reach alike, each with who may do what around it. */
export function createServices(parts: {
  knex: Knex;
  accuracy: EstimateAccuracy;
  actors: Actors;
  audit: AuditTrail;
  budgets: Budgets;
  delegations: DelegationStore;
  engines: Engines;
  logs: RunLogStore;
  offerings: Offerings;
  outputs: Outputs;
  permissions: PermissionsService;
  queue: RunQueue;
  requests: RequestStore;
  requestsService: RequestsService;
  reservations: Reservations;
  rightSizing: RightSizing;
  states: StateService;
}) {
  const { knex, actors, permissions, requests } = parts;
  const views = new AuthorizedViews(
    DefaultViewsService.create({
      ...parts,
      orphans: new OrphanSearcher({
        ...parts,
        leftStates: new LeftStates(parts),
      }),
    }),
    permissions,
  );
  return {
    requests: new AuthorizedRequests({
      ...parts,
      inner: parts.requestsService,
    }),
    resources: new AuthorizedResources({
      inner: DefaultResourcesService.create(parts),
      permissions,
      actors,
      requests,
    }),
    views,
    ...createWrites({ idempotency: new Idempotency(knex, actors), views }),
  };
}
