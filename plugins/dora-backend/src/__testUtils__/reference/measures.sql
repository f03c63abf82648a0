-- The five metrics of some components, from every single conclusion.

create function reference.day_of(at bigint, zone text) returns date immutable
return (to_timestamp(at / 1000.0) at time zone zone)::date;

create function reference.instant_of(at timestamptz) returns bigint immutable
return (extract(epoch from at) * 1000)::bigint;

-- A period is from one date to another as the calendar of its zone shows them,
-- or from one instant to another; its end is not part of it.
create function reference.has_dates(period jsonb) returns boolean immutable
return length(period ->> 'from') = length('2026-01-01');

create function reference.is_before_end(at bigint, period jsonb) returns boolean stable
return case
  when reference.has_dates(period)
    then reference.day_of(at, period ->> 'zone') < (period ->> 'to')::date
  else at < reference.instant_of((period ->> 'to')::timestamptz)
end;

create function reference.is_in(at bigint, period jsonb) returns boolean stable
return reference.is_before_end(at, period) and case
  when reference.has_dates(period)
    then reference.day_of(at, period ->> 'zone') >= (period ->> 'from')::date
  else at >= reference.instant_of((period ->> 'from')::timestamptz)
end;

-- A day is what the zone calls one, of 23 hours too; what is left of one is its
-- share of that day.
create function reference.days_in(period jsonb) returns double precision stable
return case
  when reference.has_dates(period) then (period ->> 'to')::date - (period ->> 'from')::date
  else (
    select n + (reference.instant_of(ended) - reference.instant_of(begins))::double precision
      / (reference.instant_of(ends) - reference.instant_of(begins))
    from (select (period ->> 'to')::timestamptz as ended,
      (period ->> 'from')::timestamptz at time zone (period ->> 'zone') as began) given
    cross join generate_series(0, 1000) as whole (n)
    cross join lateral (select
      (began + n * interval '1 day') at time zone (period ->> 'zone') as begins,
      (began + (n + 1) * interval '1 day') at time zone (period ->> 'zone') as ends) day
    where begins <= ended and ended < ends)
end;

-- The days, weeks or months of some dates; the first and the last may be cut.
create function reference.steps(
  "from" date, "to" date, step text, week_start text
) returns table (key text, until text) stable
begin atomic
  select key::text, lead(key, 1, "to") over (order by key)::text
  from (
    select distinct greatest("from", case step
      when 'day' then day::date
      when 'month' then date_trunc('month', day)::date
      else date_trunc('week', day::date + early)::date - early
    end) as key
    from generate_series("from", "to" - 1, interval '1 day') as days (day)
    -- What PostgreSQL calls a week begins on Monday.
    cross join (values ('monday', 0), ('sunday', 1), ('saturday', 2)) as starts (name, early)
    where name = week_start
  ) keys
  order by 1;
end;

create function reference.state_of(n bigint, minimum int) returns text immutable
return case when n < minimum then 'insufficient' else 'measured' end;

create function reference.none() returns jsonb immutable
return '{"state": "none", "n": 0, "value": null, "percentiles": null}'::jsonb;

create function reference.share(counted bigint, n bigint, minimum int) returns jsonb immutable
return case when n = 0 then reference.none() else jsonb_build_object(
  'state', reference.state_of(n, minimum), 'n', n, 'counted', counted,
  'value', counted::double precision / n, 'percentiles', null) end;

-- The percentile by nearest rank, in seconds.
create function reference.nearest_rank(durations bigint[], percent int) returns numeric immutable
return (
  select min(duration) / 1000.0
  from (
    select duration, row_number() over (order by duration) as rank
    from unnest(durations) as each (duration)
  ) ranked
  where rank * 100 >= percent * cardinality(durations));

create function reference.durations(durations bigint[], minimum int) returns jsonb immutable
return case when cardinality(durations) = 0 then reference.none() else jsonb_build_object(
  'state', reference.state_of(cardinality(durations), minimum),
  'n', cardinality(durations),
  'value', reference.nearest_rank(durations, 50),
  'percentiles', jsonb_build_object(
    'p50', reference.nearest_rank(durations, 50),
    'p75', reference.nearest_rank(durations, 75),
    'p90', reference.nearest_rank(durations, 90))) end;

create function reference.measure(
  services text[], in_environment int, period jsonb, switches jsonb, minimum int
) returns jsonb stable
begin atomic
  with everything as (
    select * from reference.conclusions c
    where c.service = any (services) and c.environment = in_environment
  ), concluded as (
    select succeeded, failed, rework,
      succeeded or (failed and switches ->> 'failedAttempts' = 'count') as attempt,
      case switches ->> 'recoveryClock'
        when 'deployment' then since_deployment else since_incident end as recovery
    from everything
    where reference.is_in(at, period)
  ), delivered as (
    select case when not baseline then
      case switches ->> 'leadTimeClock'
        when 'firstCommit' then since_first_commit
        when 'opened' then since_opened
        else since_merged end end as lead_time
    from reference.deliveries d
    where d.service = any (services) and d.environment = in_environment
      and reference.is_in(at, period)
  ), outcomes as (
    select
      count(*) filter (where succeeded) as successes,
      count(*) filter (where succeeded and rework is not null) as reworked,
      count(*) filter (where attempt) as attempts,
      count(*) filter (where attempt and failed) as failures,
      coalesce(array_agg(recovery) filter (where attempt and failed and recovery is not null),
        '{}') as recoveries
    from concluded
  ), arrivals as (
    select count(*) as n,
      coalesce(array_agg(lead_time) filter (where lead_time is not null), '{}') as lead_times
    from delivered
  )
  select jsonb_build_object(
    'deploymentFrequency', case
      when successes > 0 then jsonb_build_object(
        'state', reference.state_of(successes, minimum), 'n', successes,
        'value', successes / reference.days_in(period), 'percentiles', null)
      when exists (
        select from everything where succeeded and reference.is_before_end(at, period))
        then '{"state": "measured", "n": 0, "value": 0, "percentiles": null}'::jsonb
      else reference.none() end,
    'changeLeadTime', reference.durations(lead_times, minimum)
      || jsonb_build_object('excluded', n - cardinality(lead_times)),
    'changeFailRate', reference.share(failures, attempts, minimum),
    'failedDeploymentRecoveryTime', reference.durations(recoveries, minimum)
      || jsonb_build_object('open', failures - cardinality(recoveries)),
    'deploymentReworkRate', reference.share(reworked, successes, minimum))
  from outcomes cross join arrivals;
end;
