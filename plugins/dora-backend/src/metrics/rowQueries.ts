import type { Definitions, MetricId } from '@waymark/plugin-dora-common';
import type { Bucket } from './Bucket';
import { clockColumns } from './SumStore';

/** How many rows there are: what stored sums say, and what a query finds that is few. */
export type Total = { sum?: (sums: Bucket) => number; sql?: string };

/**
 * SQL of the rows of a metric. `$scope` stands for the condition on places,
 * `$scope of x` for the same where `x` holds the place.
 */
export type RowQueries = {
  counted: string;
  excluded: string;
  totals: { counted: Total; excluded: Total };
};

export type RowOrder = 'newest' | 'largest';

const ofOutcomes = (columns: {
  value?: string;
  counted?: string;
  open?: string;
  reason: string;
}) => `
  select o.at, s.entity_ref as service, d.title, d.ref, d.url, d.sha,
    o.deployment_id::text as deployment, null as change,
    ${columns.value ?? 'null::bigint'} as value,
    ${columns.counted ?? 'null::boolean'} as counted,
    ${columns.open ?? 'null::boolean'} as open,
    ${columns.reason} as reason, null::smallint as bin
  from outcomes o
  join placements p on p.id = o.placement_id
  join services s on s.id = o.service_id
  join deployments d on d.id = o.deployment_id
  where o.environment_id = :environment and o.at >= :from and o.at < :to and $scope of o.placement_id`;

/** The same, to be counted: without what only people read. */
const countOutcomes = (condition: string) => `
  select 1 from outcomes o join placements p on p.id = o.placement_id
  where o.environment_id = :environment and o.at >= :from and o.at < :to
    and ${condition} and $scope of o.placement_id`;

/** Deployments that ended otherwise, or have not ended; of where their component stands now. */
const notEnded = `
  select d.at, s.entity_ref as service, d.title, d.ref, d.url, d.sha, d.id::text as deployment, null as change,
    null::bigint as value, null::boolean as counted, null::boolean as open,
    case d.status when 'cancelled' then 'it was cancelled' else 'it has not ended' end as reason,
    null::smallint as bin
  from deployments d
  join services s on s.id = d.service_id
  join lateral (
    select * from placements p where p.service_id = d.service_id
    order by valid_from desc limit 1
  ) p on true
  where d.status in ('cancelled', 'pending') and d.environment_id = :environment
    and d.at >= :from and d.at < :to and $scope`;

const changeColumns = (value: string, reason: string) => `
    s.entity_ref as service, c.title, null::text as ref, c.url, c.merge_sha as sha, ${value} as value, null::boolean as counted, null::boolean as open,
    ${reason} as reason`;

const hows = `case dc.how
    when 'range' then 'the deployment names its commit'
    when 'sha' then 'its commit was deployed'
    when 'ancestor' then 'it was merged before the commit that was deployed'
    else 'it was merged before the deployment, which names no commit we know' end`;

/** Where delivered changes are found: newest by the deployments that brought them, largest by their bins. */
const deliveredBy: Record<
  RowOrder,
  { from: string; at: string; placement: string }
> = {
  newest: {
    from: `outcomes o join delivered_changes dc
      on dc.deployment_id = o.deployment_id and dc.environment_id = o.environment_id`,
    at: 'o.at',
    placement: 'o.placement_id',
  },
  largest: {
    from: 'delivered_changes dc',
    at: 'dc.at',
    placement: 'dc.placement_id',
  },
};

function leadTimeQueries(
  { leadTimeClock }: Definitions,
  order: RowOrder,
): RowQueries {
  const { since, bin } = clockColumns[leadTimeClock];
  const delivered = (
    by: RowOrder,
    condition: string,
    value: string,
    reason: string,
  ) => {
    const { from, at, placement } = deliveredBy[by];
    return `
    select ${at}, dc.deployment_id::text as deployment, c.id::text as change,
      ${changeColumns(value, reason)}, dc.${bin} as bin
    from ${from}
    join placements p on p.id = ${placement}
    join services s on s.id = dc.service_id
    join changes c on c.id = dc.change_id
    where ${
      by === 'newest' ? 'o' : 'dc'
    }.environment_id = :environment and ${at} >= :from and ${at} < :to
      and ${condition} and $scope of ${placement}`;
  };
  const start = {
    firstCommit: 'when its first commit was made',
    opened: 'when it was opened',
    merged: 'when it was merged',
  }[leadTimeClock];
  const waiting = `
      from waiting_changes w
      join services s on s.id = w.service_id
      join placements p on p.id = (
        select id from placements where service_id = w.service_id
        order by valid_from desc limit 1)
      join changes c on c.id = w.change_id
      where w.environment_id = :environment
        and w.merged_at >= :from and w.merged_at < :to and $scope`;
  return {
    counted: delivered(order, `dc.${bin} is not null`, `dc.${since}`, hows),
    excluded: `${delivered(
      'largest',
      `dc.${bin} is null`,
      'null::bigint',
      `case when dc.baseline
        then 'it was merged long before the first deployment we know of; when it really went out is not known'
        else 'it is not known ${start}, or that was after the deployment' end`,
    )}
      union all
      select w.merged_at as at, null as deployment, c.id::text as change,
        ${changeColumns(
          'null::bigint',
          `'no deployment has brought it to this environment yet'`,
        )}, null::smallint as bin ${waiting}`,
    totals: {
      counted: { sum: ({ leadTimes }) => leadTimes[leadTimeClock].size },
      excluded: {
        sum: ({ delivered: all, leadTimes }) =>
          all - leadTimes[leadTimeClock].size,
        sql: `select 1 ${waiting}`,
      },
    },
  };
}

/** The rows of a metric, as its definition says. */
export function rowQueries(
  metric: MetricId,
  definitions: Definitions,
  order: RowOrder,
): RowQueries {
  const successesOnly = definitions.failedAttempts === 'ignore';
  const attempts = successesOnly ? 'o.succeeded' : '(o.succeeded or o.failed)';
  const failedAttempts = `${ofOutcomes({
    reason: `'it ended in failure'`,
  })} and not o.succeeded`;
  switch (metric) {
    case 'deploymentFrequency':
    case 'deploymentReworkRate': {
      const excluded = `${failedAttempts} union all ${notEnded}`;
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
        excluded,
        totals: {
          counted: { sum: ({ succeeded }) => succeeded },
          excluded: { sql: excluded },
        },
      };
    }
    case 'changeLeadTime':
      return leadTimeQueries(definitions, order);
    case 'changeFailRate': {
      const excluded = `${failedAttempts} and not ${attempts} union all ${notEnded}`;
      return {
        counted: `${ofOutcomes({
          counted: 'o.failed',
          reason: 'o.failed_reason',
        })} and ${attempts}`,
        excluded,
        totals: {
          counted: {
            sum: ({ succeeded, attemptsFailed }) =>
              succeeded + (successesOnly ? 0 : attemptsFailed),
          },
          excluded: { sql: excluded },
        },
      };
    }
    default: {
      const since = `o.since_${definitions.recoveryClock}`;
      const failed = successesOnly ? 'o.failed and o.succeeded' : 'o.failed';
      const recovered = `${failed} and ${since} is not null`;
      const open = `${failed} and ${since} is null`;
      return {
        counted: `${ofOutcomes({
          value: since,
          reason: 'o.failed_reason',
        })} and ${recovered}`,
        excluded: `${ofOutcomes({
          open: 'true',
          reason: `'it has not recovered yet: ' || o.failed_reason`,
        })} and ${open}`,
        totals: {
          counted: { sql: countOutcomes(recovered) },
          excluded: { sql: countOutcomes(open) },
        },
      };
    }
  }
}
