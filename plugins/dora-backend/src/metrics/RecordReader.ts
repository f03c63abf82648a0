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
import { Bucket } from './Bucket';
import { cellKey, wholeOf } from './Part';
import { releaseNotes } from './releaseNotes';
import type { Interval } from './period';
import {
  deploymentTable,
  incidentTable,
  listed,
  scopeBindings,
  scopeConditions,
  type RecordTable,
  type Conditions,
} from './recordTables';
import type { DeploymentQuery, IncidentQuery } from './RecordsService';
import type { ResolvedScope } from './ScopeResolver';
import { SumStore } from './SumStore';

/** Which records to list. */
export type RecordQuery = {
  scope: ResolvedScope;
  period?: Interval;
  limit: number;
  offset: number;
};

type Page<T> = { items: T[]; total: number };

/** What a row shows of a deployment; read for the rows of a page alone. */
const deploymentColumns = `d.id, d.source, d.external_id, s.entity_ref as service,
  n.ref as owner, e.name as environment, d.status,
  d.at, d.started_at, d.finished_at,
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
  left join placements p on p.id = coalesce(o.placement_id, (
    select id from placements where service_id = d.service_id
    order by valid_from desc limit 1))
  left join scopes n on n.id = p.owner_scope`;

const incidentColumns = `i.id, i.source, i.external_id, s.entity_ref as service,
  n.ref as owner, i.severity, i.title, i.url, i.created_at, i.resolved_at,
  i.change_related, (c.id is not null) as corrected,
  l.deployment_id, l.evidence, l.confidence, l.reason,
  cause.title as cause_title, cause.ref as cause_ref, cause.sha as cause_sha`;

const incidentTables = `incidents i
  join services s on s.id = i.service_id
  left join incident_links l on l.incident_id = i.id
  left join deployments cause on cause.id = l.deployment_id
  left join corrections c on c.incident_id = i.id and c.ended_at is null
  left join placements p on p.id = (
    select id from placements where service_id = i.service_id
      and valid_from <= i.created_at
    order by valid_from desc limit 1)
  left join scopes n on n.id = p.owner_scope`;

const correctionTables = `corrections c
  left join deployments d on d.id = c.deployment_id
  left join incidents i on i.id = c.incident_id`;

const outcomeConditions: Record<
  NonNullable<DeploymentQuery['outcome']>,
  Partial<Conditions>
> = {
  succeeded: { records: [`r.status = 'success'`] },
  failed: { conclusions: ['o.failed'] },
  rework: { conclusions: ['o.rework is not null'] },
  cancelled: { records: [`r.status = 'cancelled'`] },
  pending: { records: [`r.status = 'pending'`] },
};

const incidentConditions: Record<
  NonNullable<IncidentQuery['state']>,
  Partial<Conditions>
> = {
  open: { records: ['r.resolved_at is null'] },
  resolved: { records: ['r.resolved_at is not null'] },
  linked: { conclusions: ['l.deployment_id is not null'] },
  unlinked: { conclusions: ['l.deployment_id is null'] },
};

/** Deployments of which nothing is in the sums: not ended, or said by a person not to have failed. */
const notInSums = [
  `r.status in ('cancelled', 'pending')`,
  `r.status = 'failure' and r.id in (
    select deployment_id from corrections where ended_at is null and not failed)`,
];

/** All conditions of several. */
function together(...several: (Partial<Conditions> | undefined)[]): Conditions {
  return {
    records: several.flatMap(one => one?.records ?? []),
    conclusions: several.flatMap(one => one?.conclusions ?? []),
  };
}

/** Reads deployments and incidents with what was concluded of them. */
export class RecordReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async deployments(
    query: RecordQuery & {
      environment?: number;
      outcome?: DeploymentQuery['outcome'];
    },
  ): Promise<Page<Deployment>> {
    const { environment, outcome } = query;
    const conditions = together(
      scopeConditions(query, deploymentTable.time),
      outcome && outcomeConditions[outcome],
      environment === undefined
        ? undefined
        : { records: ['r.environment_id = :environment'] },
    );
    const bindings = {
      ...scopeBindings(query),
      environment: environment ?? null,
    };
    const known = outcome
      ? undefined
      : await this.#summedUp(query, conditions, bindings);
    const { rows, total } = await this.#page<DeploymentRow>(
      deploymentTable,
      conditions,
      ids => `select ${deploymentColumns} from ${ids}, ${deploymentTables}
        where d.id = listed.id`,
      bindings,
      { ...query, total: known },
    );
    return { items: rows.map(toDeployment), total };
  }

  /**
   * How many deployments there are, told by the sums: they know all that
   * succeeded or failed. Others are few, and are counted.
   *
   * @returns nothing where it is as well to count all
   */
  async #summedUp(
    { scope, period, environment }: RecordQuery & { environment?: number },
    conditions: Conditions,
    bindings: Knex.ValueDict,
  ): Promise<number | undefined> {
    if (!period || environment === undefined || scope.level === 'placement') {
      return undefined;
    }
    const sums = await new SumStore(this.#knex).read(
      wholeOf(scope, environment),
      [period],
      'merged',
    );
    const { succeeded, attemptsFailed } =
      sums.get(cellKey('all', 0)) ?? new Bucket();
    const others = await Promise.all(
      notInSums.map(condition =>
        this.#count(
          listed(
            deploymentTable,
            together(conditions, { records: [condition] }),
          ),
          bindings,
        ),
      ),
    );
    return others.reduce((a, b) => a + b, succeeded + attemptsFailed);
  }

  async incidents(
    query: RecordQuery & { state?: IncidentQuery['state'] },
  ): Promise<Page<Incident>> {
    const { rows, total } = await this.#page<IncidentRow>(
      incidentTable,
      together(
        { records: ['r.created_at is not null'] },
        scopeConditions(query, incidentTable.time),
        query.state && incidentConditions[query.state],
      ),
      ids => `select ${incidentColumns} from ${ids}, ${incidentTables}
        where i.id = listed.id`,
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
        and d.at <= (select at from deployments where id = :id)
        order by d.at desc, d.id desc limit 1`,
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
        and ${scopeConditions(query, '').conclusions.join(' and ') || 'true'})`;
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

  /** @param shown - the query of the rows to show, given the ids of a page as a table called `listed` */
  async #page<T>(
    table: RecordTable,
    conditions: Conditions,
    shown: (ids: string) => string,
    bindings: Knex.ValueDict,
    { limit, offset, total }: RecordQuery & { total?: number },
  ): Promise<{ rows: T[]; total: number }> {
    const all = listed(table, conditions);
    const counted = total ?? (await this.#count(all, bindings));
    const { rows } = await this.#knex.raw<{ rows: T[] }>(
      `${shown(`(
          select r.id, ${table.time} as listed_at ${all}
          order by ${table.time} desc, r.id desc limit :limit offset :offset
        ) listed`)}
        order by listed.listed_at desc, listed.id desc`,
      { ...bindings, limit, offset },
    );
    // What has just come is in the list before it is in the sums.
    return {
      rows,
      total: Math.max(counted, rows.length && offset + rows.length),
    };
  }

  /** @param all - what follows the word "from" of a query, and the word itself */
  async #count(all: string, bindings: Knex.ValueDict): Promise<number> {
    const { rows } = await this.#knex.raw<{ rows: { count: string }[] }>(
      `select count(*) ${all}`,
      bindings,
    );
    return Number(rows[0].count);
  }
}
