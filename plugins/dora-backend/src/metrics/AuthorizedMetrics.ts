import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  doraMetricsReadPermission,
  type MetricId,
  type MetricsQuery,
} from '@waymark/plugin-dora-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type {
  Caller,
  MetricsService,
  RowsQuery,
  StagesQuery,
} from './MetricsService';

/** Lets only those ask who may read metrics. */
export class AuthorizedMetrics implements MetricsService {
  readonly #metrics: MetricsService;
  readonly #permissions: PermissionsService;

  constructor(metrics: MetricsService, permissions: PermissionsService) {
    this.#metrics = metrics;
    this.#permissions = permissions;
  }

  async metrics(query: MetricsQuery, caller: Caller) {
    await this.#require(caller);
    return this.#metrics.metrics(query, caller);
  }

  async stages(query: StagesQuery, caller: Caller) {
    await this.#require(caller);
    return this.#metrics.stages(query, caller);
  }

  async rows(metric: MetricId, query: RowsQuery, caller: Caller) {
    await this.#require(caller);
    return this.#metrics.rows(metric, query, caller);
  }

  async *rowPages(metric: MetricId, query: RowsQuery, caller: Caller) {
    await this.#require(caller);
    yield* this.#metrics.rowPages(metric, query, caller);
  }

  async #require({ credentials }: Caller): Promise<void> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [doraMetricsReadPermission],
      credentials,
      purpose: 'read metrics',
    });
  }
}
