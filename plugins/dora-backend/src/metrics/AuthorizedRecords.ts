import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  doraCorrectionCreatePermission,
  doraMetricsReadPermission,
} from '@waymark/plugin-dora-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Caller } from './MetricsService';
import type {
  DeploymentQuery,
  IncidentQuery,
  ListQuery,
  RecordsService,
} from './RecordsService';
import type { Ownership } from './Ownership';

/** Lets those read who may read metrics, and those correct whose teams own the component. */
export class AuthorizedRecords implements RecordsService {
  readonly #records: RecordsService;
  readonly #permissions: PermissionsService;
  readonly #ownership: Ownership;

  constructor(options: {
    records: RecordsService;
    permissions: PermissionsService;
    ownership: Ownership;
  }) {
    this.#records = options.records;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
  }

  async environments(caller: Caller) {
    await this.#mayRead(caller);
    return this.#records.environments(caller);
  }

  async deployments(query: DeploymentQuery, caller: Caller) {
    await this.#mayRead(caller);
    return this.#records.deployments(query, caller);
  }

  async deployment(id: string, caller: Caller) {
    await this.#mayRead(caller);
    return this.#records.deployment(id, caller);
  }

  async correctDeployment(
    id: string,
    correction: Parameters<RecordsService['correctDeployment']>[1],
    caller: Caller,
  ) {
    await this.#mayCorrect(caller);
    const { service } = await this.#records.deployment(id, caller);
    await this.#ownership.require(service, caller);
    return this.#records.correctDeployment(id, correction, caller);
  }

  async incidents(query: IncidentQuery, caller: Caller) {
    await this.#mayRead(caller);
    return this.#records.incidents(query, caller);
  }

  async correctIncident(
    id: string,
    correction: Parameters<RecordsService['correctIncident']>[1],
    caller: Caller,
  ) {
    await this.#mayCorrect(caller);
    await this.#ownership.requireOfIncident(id, caller);
    return this.#records.correctIncident(id, correction, caller);
  }

  async corrections(
    query: Pick<ListQuery, 'entityRef' | 'limit' | 'offset'>,
    caller: Caller,
  ) {
    await this.#mayRead(caller);
    return this.#records.corrections(query, caller);
  }

  async #mayRead({ credentials }: Caller): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [doraMetricsReadPermission],
      credentials,
      purpose: 'read deployments and incidents',
    });
  }

  async #mayCorrect({ credentials }: Caller): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [doraCorrectionCreatePermission],
      credentials,
      purpose: 'correct what was measured',
    });
  }
}
