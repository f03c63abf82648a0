import { NotFoundError } from '@backstage/errors';
import type {
  Change,
  Correction,
  Deployment,
  DeploymentDetail,
  Incident,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import {
  toChange,
  toCorrection,
  toDeployment,
  toIncident,
  type ChangeRow,
  type CorrectionRow,
  type DeploymentRow,
  type IncidentRow,
} from './recordRows';
import { releaseNotes } from './releaseNotes';
import { placementColumns } from './levels';
import type { Interval } from './period';
import type { ResolvedScope } from './ScopeResolver';

/** Which records to list. */
export type RecordQuery = {
  scope: ResolvedScope;
  period?: Interval;
  limit: number;
  offset: number;
};

type Page<T> = { items: T[]; total: number };

const deploymentColumns = `d.id, d.source, d.external_id, s.entity_ref as service,
  n.ref as owner, e.name as environment, d.status,
  coalesce(d.finished_at, d.started_at, d.observed_at) as at, d.started_at, d.finished_at,
  d.sha, d.ref, d.title, d.author, d.url, coalesce(o.failed, false) as failed,
  o.failed_reason, o.rework, o.rework_reason, o.recovered_at,
  (c.id is not null) as corrected,
  (select count(*) from delivered_changes dc where dc.deployment_id = d.id)::int as changes,
  (select count(*) from incident_links l where l.deployment_id = d.id)::int as incidents`;

const deploymentTables = `deployments d
  join services s on s.id = d.service_id
  join environments e on e.id = d.environment_id
  left join outcomes o on o.deployment_id = d.id
  left join corrections c on c.deployment_id = d.id and c.ended_at is null
  left join lateral (
    select * from placements p where p.service_id = d.service_id
      and (p.id = o.placement_id or o.placement_id is null)
    order by valid_from desc limit 1
  ) p on true
  left join scopes n on n.id = p.owner_scope`;

const incidentColumns = `i.id, i.source, i.external_id, s.entity_ref as service,
  n.ref as owner, i.severity, i.title, i.url, i.created_at, i.resolved_at,
  i.change_related, (c.id is not null) as corrected,
  l.deployment_id, l.evidence, l.confidence, l.reason`;

const incidentTables = `incidents i
  join services s on s.id = i.service_id
  left join incident_links l on l.incident_id = i.id
  left join corrections c on c.incident_id = i.id and c.ended_at is null
  left join lateral (
    select * from placements p where p.service_id = i.service_id
      and p.valid_from <= i.created_at
    order by valid_from desc limit 1
  ) p on true
  left join scopes n on n.id = p.owner_scope`;

const correctionTables = `corrections c
  left join deployments d on d.id = c.deployment_id
  left join incidents i on i.id = c.incident_id`;

const outcomeConditions = {
  succeeded: `d.status = 'success'`,
  failed: 'o.failed',
  rework: 'o.rework is not null',
  cancelled: `d.status = 'cancelled'`,
  pending: `d.status = 'pending'`,
};

const incidentConditions = {
  open: 'i.resolved_at is null',
  resolved: 'i.resolved_at is not null',
  linked: 'l.deployment_id is not null',
  unlinked: 'l.deployment_id is null',
};

/** Reads deployments and incidents with what was concluded of them. */
export class RecordReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async deployments(
    query: RecordQuery & {
      environment?: number;
      outcome?: keyof typeof outcomeConditions;
    },
  ): Promise<Page<Deployment>> {
    const time = 'coalesce(d.finished_at, d.started_at, d.observed_at)';
    const { rows, total } = await this.#page<DeploymentRow>(
      deploymentColumns,
      deploymentTables,
      [
        ...scopeConditions(query, time),
        ...(query.outcome ? [outcomeConditions[query.outcome]] : []),
        ...(query.environment === undefined
          ? []
          : ['d.environment_id = :environment']),
      ],
      `${time} desc, d.id desc`,
      { ...scopeBindings(query), environment: query.environment ?? null },
      query,
    );
    return { items: rows.map(toDeployment), total };
  }

  async incidents(
    query: RecordQuery & { state?: keyof typeof incidentConditions },
  ): Promise<Page<Incident>> {
    const { rows, total } = await this.#page<IncidentRow>(
      incidentColumns,
      incidentTables,
      [
        'i.created_at is not null',
        ...scopeConditions(query, 'i.created_at'),
        ...(query.state ? [incidentConditions[query.state]] : []),
      ],
      'i.created_at desc, i.id desc',
      scopeBindings(query),
      query,
    );
    return { items: rows.map(toIncident), total };
  }

  /** @throws NotFoundError when there is none */
  async deployment(id: string): Promise<DeploymentDetail> {
    const deployment = await this.#deployment(
      's.entity_ref is not null and d.id = ?',
      [id],
    );
    if (!deployment) throw new NotFoundError(`There is no deployment ${id}`);
    const { rows: changes } = await this.#knex.raw<{ rows: ChangeRow[] }>(
      `select c.*, cardinality(c.commits) as commit_count,
          s.entity_ref as service, dc.since_first_commit, dc.how, dc.baseline
        from delivered_changes dc
        join changes c on c.id = dc.change_id
        join services s on s.id = c.service_id
        where dc.deployment_id = ?
        order by c.merged_at, c.id limit 500`,
      [id],
    );
    const { rows: incidents } = await this.#knex.raw<{ rows: IncidentRow[] }>(
      `select ${incidentColumns} from ${incidentTables}
        where l.deployment_id = ? order by i.created_at limit 200`,
      [id],
    );
    const previous = await this.#deployment(
      `d.service_id = (select service_id from deployments where id = :id)
        and d.environment_id = (select environment_id from deployments where id = :id)
        and d.status = 'success' and d.id <> :id
        and coalesce(d.finished_at, d.started_at, d.observed_at)
          <= (select coalesce(finished_at, started_at, observed_at) from deployments where id = :id)
        order by at desc, d.id desc limit 1`,
      { id },
    );
    const changeList: Change[] = changes.map(toChange);
    return {
      ...deployment,
      changeList,
      incidentList: incidents.map(toIncident),
      notes: releaseNotes(deployment, previous ?? null, changeList),
      previous: previous ?? null,
      corrections: await this.#corrections('d.id = ?', [id], 100, 0),
    };
  }

  /** @throws NotFoundError when there is none */
  async incident(id: string): Promise<Incident> {
    const { rows } = await this.#knex.raw<{ rows: IncidentRow[] }>(
      `select ${incidentColumns} from ${incidentTables}
        where i.id = ? and i.created_at is not null
          and s.entity_ref is not null`,
      [id],
    );
    if (!rows[0]) throw new NotFoundError(`There is no incident ${id}`);
    return toIncident(rows[0]);
  }

  async corrections(query: RecordQuery): Promise<Page<Correction>> {
    const place = `exists (select 1 from placements p
      where p.service_id = coalesce(d.service_id, i.service_id)
        and ${scopeConditions(query, '').join(' and ') || 'true'})`;
    const { rows } = await this.#knex.raw<{ rows: { count: string }[] }>(
      `select count(*) from ${correctionTables} where ${place}`,
      scopeBindings(query),
    );
    return {
      items: await this.#corrections(
        place,
        scopeBindings(query),
        query.limit,
        query.offset,
      ),
      total: Number(rows[0].count),
    };
  }

  async #corrections(
    condition: string,
    bindings: Knex.RawBinding[] | Knex.ValueDict,
    limit: number,
    offset: number,
  ): Promise<Correction[]> {
    const { rows } = await this.#knex.raw<{ rows: CorrectionRow[] }>(
      `select c.* from ${correctionTables} where ${condition}
        order by c.id desc limit ${Number(limit)} offset ${Number(offset)}`,
      bindings as Knex.ValueDict,
    );
    return rows.map(toCorrection);
  }

  async #deployment(
    condition: string,
    bindings: Knex.RawBinding[] | Knex.ValueDict,
  ): Promise<Deployment | undefined> {
    const { rows } = await this.#knex.raw<{ rows: DeploymentRow[] }>(
      `select ${deploymentColumns} from ${deploymentTables} where ${condition}`,
      bindings as Knex.ValueDict,
    );
    return rows[0] && toDeployment(rows[0]);
  }

  async #page<T>(
    columns: string,
    tables: string,
    conditions: string[],
    order: string,
    bindings: Knex.ValueDict,
    { limit, offset }: RecordQuery,
  ): Promise<{ rows: T[]; total: number }> {
    const where = ['s.entity_ref is not null', ...conditions].join(' and ');
    const { rows: counts } = await this.#knex.raw<{
      rows: { count: string }[];
    }>(`select count(*) from ${tables} where ${where}`, bindings);
    const { rows } = await this.#knex.raw<{ rows: T[] }>(
      `select ${columns} from ${tables} where ${where}
        order by ${order} limit :limit offset :offset`,
      { ...bindings, limit, offset },
    );
    return { rows, total: Number(counts[0].count) };
  }
}

function scopeConditions(
  { scope, period }: Pick<RecordQuery, 'scope' | 'period'>,
  time: string,
): string[] {
  return [
    ...(scope.level === 'organisation'
      ? []
      : [`${placementColumns[scope.level]} = any(:ids::int[])`]),
    ...(period ? [`${time} >= :from and ${time} < :to`] : []),
  ];
}

function scopeBindings({ scope, period }: RecordQuery): Knex.ValueDict {
  return {
    ids: scope.ids,
    ...(period
      ? {
          from: new Date(period.from).toISOString(),
          to: new Date(period.to).toISOString(),
        }
      : {}),
  };
}
