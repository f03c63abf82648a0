import type { Knex } from 'knex';
import { placementColumns } from './levels';
import type { Interval } from './period';
import type { ResolvedScope } from './ScopeResolver';

/** What is listed: the tables that conditions speak of, and those that only the rows shown need. */
export type RecordTable = {
  /** The records, as `r`, with their component `s`. */
  records: string;
  /** What conditions on outcomes, links and places speak of. */
  conclusions: string;
  /** The column of `r` by which records are listed. */
  time: string;
};

/** Where a deployment counts; one that never ended, where its component stands now. */
const placeOfDeployment = `left join placements p on p.id = coalesce(o.placement_id, (
    select id from placements where service_id = r.service_id
    order by valid_from desc limit 1))`;

export const deploymentTable: RecordTable = {
  records: 'deployments r join services s on s.id = r.service_id',
  conclusions: `left join outcomes o on o.deployment_id = r.id
    ${placeOfDeployment}`,
  time: 'r.at',
};

export const incidentTable: RecordTable = {
  records: 'incidents r join services s on s.id = r.service_id',
  conclusions: `left join incident_links l on l.incident_id = r.id
    left join placements p on p.id = (
      select id from placements where service_id = r.service_id
        and valid_from <= r.created_at
      order by valid_from desc limit 1)`,
  time: 'r.created_at',
};

/** Conditions of a list: on the records alone, which are cheap, and on what was concluded. */
export type Conditions = { records: string[]; conclusions: string[] };

/** The conditions of scope and period. */
export function scopeConditions(
  { scope, period }: { scope: ResolvedScope; period?: Interval },
  time: string,
): Conditions {
  const everywhere = scope.level === 'organisation';
  const inScope = `${placementColumns[scope.level]} = any(:ids::int[])`;
  return {
    records: [
      's.entity_ref is not null',
      ...(period ? [`${time} >= :from and ${time} < :to`] : []),
      ...(everywhere
        ? []
        : [
            // Others cannot be in scope, and are not even looked at.
            `r.service_id in (select p.service_id from placements p where ${inScope})`,
          ]),
    ],
    conclusions: everywhere ? [] : [inScope],
  };
}

export function scopeBindings({
  scope,
  period,
}: {
  scope: ResolvedScope;
  period?: Interval;
}): Knex.ValueDict {
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

/** The ids of what a list holds, as a query that can be counted or cut into pages. */
export function listed(table: RecordTable, conditions: Conditions): string {
  const concluded = conditions.conclusions.length > 0 ? table.conclusions : '';
  return `from ${table.records} ${concluded}
    where ${[...conditions.records, ...conditions.conclusions].join(' and ')}`;
}
