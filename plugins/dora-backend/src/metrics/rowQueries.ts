import type { Definitions, MetricId } from '@waymark/plugin-dora-common';
import { clockColumns } from './SumStore';

/** SQL of the rows of a metric; `$scope` stands for the condition on places. */
export type RowQueries = { counted: string; excluded: string };

const ofOutcomes = (columns: {
  value?: string;
  counted?: string;
  open?: string;
  reason: string;
}) => `
  select o.at, s.entity_ref as service, d.title, d.url, d.sha,
    o.deployment_id::text as deployment, null as change,
    ${columns.value ?? 'null::bigint'} as value,
    ${columns.counted ?? 'null::boolean'} as counted,
    ${columns.open ?? 'null::boolean'} as open,
    ${columns.reason} as reason
  from outcomes o
  join placements p on p.id = o.placement_id
  join services s on s.id = o.service_id
  join deployments d on d.id = o.deployment_id
  where o.environment_id = :environment and o.at >= :from and o.at < :to and $scope`;

/** Deployments that ended otherwise, or have not ended; of where their component stands now. */
const notEnded = `
  select coalesce(d.finished_at, d.started_at, d.observed_at) as at, s.entity_ref as service,
    d.title, d.url, d.sha, d.id::text as deployment, null as change,
    null::bigint as value, null::boolean as counted, null::boolean as open,
    case d.status when 'cancelled' then 'it was cancelled' else 'it has not ended' end as reason
  from deployments d
  join services s on s.id = d.service_id
  join lateral (
    select * from placements p where p.service_id = d.service_id
    order by valid_from desc limit 1
  ) p on true
  where d.status in ('cancelled', 'pending') and d.environment_id = :environment
    and coalesce(d.finished_at, d.started_at, d.observed_at) >= :from
    and coalesce(d.finished_at, d.started_at, d.observed_at) < :to and $scope`;

const changeColumns = (value: string, reason: string) => `
    s.entity_ref as service, c.title, c.url, c.merge_sha as sha,
    ${value} as value, null::boolean as counted, null::boolean as open,
    ${reason} as reason`;

const hows = `case dc.how
    when 'range' then 'the deployment names its commit'
    when 'sha' then 'its commit was deployed'
    when 'ancestor' then 'it was merged before the commit that was deployed'
    else 'it was merged before the deployment, which names no commit we know' end`;

function leadTimeQueries(definitions: Definitions): RowQueries {
  const { since } = clockColumns[definitions.leadTimeClock];
  const delivered = (condition: string, value: string, reason: string) => `
    select dc.at, dc.deployment_id::text as deployment, c.id::text as change,
      ${changeColumns(value, reason)}
    from delivered_changes dc
    join outcomes o on o.deployment_id = dc.deployment_id
      and o.environment_id = :environment and o.at >= :from and o.at < :to
    join placements p on p.id = dc.placement_id
    join services s on s.id = dc.service_id
    join changes c on c.id = dc.change_id
    where dc.environment_id = :environment and ${condition} and $scope`;
  const start = {
    firstCommit: 'when its first commit was made',
    opened: 'when it was opened',
    merged: 'when it was merged',
  }[definitions.leadTimeClock];
  return {
    counted: delivered(`dc.${since} is not null`, `dc.${since}`, hows),
    excluded: `${delivered(
      `dc.${since} is null`,
      'null::bigint',
      `case when dc.baseline
        then 'it was merged long before the first deployment we know of; when it really went out is not known'
        else 'it is not known ${start}, or that was after the deployment' end`,
    )}
      union all
      select c.merged_at as at, null as deployment, c.id::text as change,
        ${changeColumns(
          'null::bigint',
          `'no deployment has brought it to this environment yet'`,
        )}
      from changes c
      join services s on s.id = c.service_id
      join lateral (
        select * from placements p where p.service_id = c.service_id
        order by valid_from desc limit 1
      ) p on true
      where c.merged_at >= :from and c.merged_at < :to and $scope
        and not (c.external_id like 'commit:%' and exists (
          select 1 from changes r where r.service_id = c.service_id
            and r.external_id not like 'commit:%'
            and (r.merge_sha = c.merge_sha or c.merge_sha = any(r.commits))))
        and not exists (
          select 1 from delivered_changes dc
          where dc.change_id = c.id and dc.environment_id = :environment)`,
  };
}

/** The rows of a metric, as its definition says. */
export function rowQueries(
  metric: MetricId,
  definitions: Definitions,
): RowQueries {
  const successesOnly = definitions.failedAttempts === 'ignore';
  const attempts = successesOnly ? 'o.succeeded' : '(o.succeeded or o.failed)';
  const failedAttempts = ofOutcomes({ reason: `'it ended in failure'` });
  switch (metric) {
    case 'deploymentFrequency':
    case 'deploymentReworkRate':
      return {
        counted: `${ofOutcomes({
          counted:
            metric === 'deploymentReworkRate'
              ? 'o.rework is not null'
              : undefined,
          reason:
            metric === 'deploymentReworkRate'
              ? `o.rework || ': ' || o.rework_reason`
              : 'null',
        })} and o.succeeded`,
        excluded: `${failedAttempts} and not o.succeeded union all ${notEnded}`,
      };
    case 'changeLeadTime':
      return leadTimeQueries(definitions);
    case 'changeFailRate':
      return {
        counted: `${ofOutcomes({
          counted: 'o.failed',
          reason: 'o.failed_reason',
        })} and ${attempts}`,
        excluded: `${failedAttempts} and not ${attempts} union all ${notEnded}`,
      };
    default: {
      const since = `o.since_${definitions.recoveryClock}`;
      const failed = successesOnly ? 'o.failed and o.succeeded' : 'o.failed';
      return {
        counted: `${ofOutcomes({
          value: since,
          reason: 'o.failed_reason',
        })} and ${failed} and ${since} is not null`,
        excluded: `${ofOutcomes({
          open: 'true',
          reason: `'it has not recovered yet: ' || o.failed_reason`,
        })} and ${failed} and ${since} is null`,
      };
    }
  }
}
