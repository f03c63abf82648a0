-- What follows from the facts, written a second time from the definitions of
-- docs/reference/dora-metrics.md: every question is asked of all facts of a
-- component. The indexes only find them.

create index on reference.deployments (service);
create index on reference.changes (service);
create index on reference.incidents (service);
analyze reference.deployments;
analyze reference.changes;
analyze reference.incidents;

-- The successful deployments of an environment, oldest first; of two at once
-- the one told of first.
create table reference.successes as
select service, environment, id, at, sha, commits, ref, title, kind,
  row_number() over (partition by service, environment order by at, id) as place
from reference.deployments
where status = 'success' and at is not null;
create index on reference.successes (service);
analyze reference.successes;

-- Changes without the single commits that a request holds.
create table reference.counted as
with known as not materialized (
  select *, array_remove(commits || merge_sha, null) as shas,
    external_id like 'commit:%' as is_commit
  from reference.changes
)
select * from known one
where not one.is_commit or one.merge_sha is null or not exists (
  select from known other
  where other.service = one.service and not other.is_commit
    and one.merge_sha = any (other.shas));
create index on reference.counted (service);
analyze reference.counted;

-- How a deployment holds a change, if it does.
create table reference.holdings as
select service, environment, change, deployment, at, place, how from (
  select c.service, s.environment, c.id as change, s.id as deployment, s.at, s.place,
    case
      when s.commits && c.shas then 'range'
      when s.sha = any (c.shas) then 'sha'
      when s.commits is not null or c.merged_at is null then null
      when not exists (
        select from reference.counted deployed
        where deployed.service = s.service and s.sha = any (deployed.shas))
        then case when c.merged_at <= s.at then 'time' end
      when exists (
        select from reference.counted deployed
        where deployed.service = s.service and s.sha = any (deployed.shas)
          and c.merged_at <= deployed.merged_at)
        then 'ancestor'
    end as how
  from reference.counted c join reference.successes s on s.service = c.service
) held
where how is not null;
analyze reference.holdings;

-- A change reaches an environment with the first successful deployment that holds it.
create table reference.deliveries as
select distinct on (h.service, h.environment, h.change)
  h.service, h.environment, h.change, h.deployment, h.at, h.how,
  coalesce(h.place = 1 and h.at - c.merged_at > settings.baseline, false) as baseline,
  case when c.first_commit_at <= h.at then h.at - c.first_commit_at end as since_first_commit,
  case when c.opened_at <= h.at then h.at - c.opened_at end as since_opened,
  case when c.merged_at <= h.at then h.at - c.merged_at end as since_merged,
  c.title, c.ref, c.shas
from reference.holdings h
join reference.counted c on c.service = h.service and c.id = h.change
cross join reference.settings
order by h.service, h.environment, h.change, h.place;
create index on reference.deliveries (service);
analyze reference.deliveries;

create function reference.is_hotfix(name text) returns boolean immutable
return 'hotfix' = any (
  regexp_split_to_array(replace(lower(name), 'hot-fix', 'hotfix'), '[\s/_:-]'));

-- Which deployments were unplanned; of a rollback the deployment that it undid,
-- and the place from which on it undid all: what follows the version it restored,
-- where that is known.
create table reference.unplanned as
with placed as (
  select *,
    lag(id) over every as before,
    min(place) over (partition by service, environment, sha) as first_place
  from reference.successes
  window every as (partition by service, environment order by place)
), recognised as (
  select s.service, s.environment, s.id as deployment, s.place, s.before,
    case when s.sha is not null and last.sha is not null and s.first_place < last.first_place
      then s.first_place end as restored,
    case
      when s.kind = 'rollback'
        or (s.sha is not null and last.sha is not null and s.first_place < last.first_place)
        then 'rollback'
      when exists (
        select from reference.deliveries d
        where d.service = s.service and d.deployment = s.id and d.title ~* '^revert\M')
        then 'revert'
      when s.kind = 'hotfix' or reference.is_hotfix(s.ref) or reference.is_hotfix(s.title)
        or exists (
          select from reference.deliveries d
          where d.service = s.service and d.deployment = s.id
            and (reference.is_hotfix(d.ref) or reference.is_hotfix(d.title)))
        then 'hotfix'
    end as kind
  from placed s left join placed last on last.service = s.service and last.id = s.before
)
select service, environment, deployment, place, kind,
  case when kind = 'rollback' then before end as undid,
  case when kind = 'rollback' then coalesce(restored + 1, place - 1) end as undone_from
from recognised
where kind is not null;
create index on reference.unplanned (service);
analyze reference.unplanned;

-- What an incident is put down to, by the strongest evidence there is.
create table reference.blames as
with candidates as (
  -- It names the deployment.
  select i.service, i.id as incident, d.id as deployment, 1 as rank, d.id as place,
    'namedDeployment' as evidence, 'certain' as confidence
  from reference.incidents i
  join reference.deployments d
    on d.service = i.service and d.external_id = i.caused_by_deployment
  union all
  -- It names a commit that a deployment says it has, or that came with a change.
  select i.service, i.id, s.id,
    case when i.caused_by_sha = s.sha or i.caused_by_sha = any (s.commits) then 2 else 3 end,
    s.place, 'namedCommit', 'certain'
  from reference.incidents i
  join reference.successes s on s.service = i.service
  join reference.settings on settings.production = s.environment
  where i.caused_by_sha = s.sha or i.caused_by_sha = any (s.commits) or exists (
    select from reference.deliveries d
    where d.service = s.service and d.deployment = s.id and i.caused_by_sha = any (d.shas))
  union all
  -- What was done about it while it lasted tells what it came from: a rollback
  -- that undid what was there, a revert of something that was there, a repair
  -- of what was recent. What undid only what came later tells nothing. What is
  -- not closed is looked at for as long.
  select i.service, i.id, coalesce(culprit.id, suspect.id),
    case remedy.kind when 'rollback' then 4 when 'revert' then 5 else 6 end,
    remedy.place, remedy.kind,
    case when remedy.kind = 'rollback' or culprit.id is not null then 'high' else 'medium' end
  from reference.incidents i
  cross join reference.settings
  join reference.successes done on done.service = i.service
    and done.environment = settings.production and done.at > i.created_at
    and done.at <= coalesce(i.resolved_at, i.created_at + 7 * settings.incident_window)
  join reference.unplanned remedy
    on remedy.service = i.service and remedy.deployment = done.id
  join lateral (
    select id, at, place from reference.successes s
    where s.service = i.service and s.environment = settings.production
      and s.at <= i.created_at
    order by place desc limit 1) suspect on true
  left join lateral (
    select s.id
    from reference.successes s
    join reference.deliveries brought
      on brought.service = s.service and brought.deployment = s.id
    join reference.deliveries reverting
      on reverting.service = s.service and reverting.deployment = done.id
      and brought.title = (regexp_match(reverting.title, '^revert "(.+)"', 'i'))[1]
    where s.service = i.service and s.environment = settings.production
      and s.at <= i.created_at and remedy.kind <> 'rollback'
    order by s.place desc limit 1) culprit on true
  where case
    when remedy.kind = 'rollback' then remedy.undone_from <= suspect.place
    when culprit.id is not null then true
    when exists (
      select from reference.deliveries brought
      join reference.successes s on s.service = brought.service
        and s.id = brought.deployment and s.environment = settings.production
      join reference.deliveries reverting
        on reverting.service = s.service and reverting.deployment = done.id
        and brought.title = (regexp_match(reverting.title, '^revert "(.+)"', 'i'))[1]
      where s.service = i.service and s.at > i.created_at and s.at < done.at)
      then false
    else i.created_at - suspect.at <= 7 * settings.incident_window
  end
  union all
  -- It began soon after a deployment; how soon is soon depends on how often there is one.
  select i.service, i.id, suspect.id, 7, suspect.place, 'window',
    case when (i.created_at - suspect.at) * 4 <= pace.allowed then 'medium' else 'low' end
  from reference.incidents i
  cross join reference.settings
  join lateral (
    select id, at, place from reference.successes s
    where s.service = i.service and s.environment = settings.production
      and s.at <= i.created_at
    order by place desc limit 1) suspect on true
  cross join lateral (
    select case when count(gap) < 5 then settings.incident_window
      else least(settings.incident_window,
        greatest(3600000, percentile_disc(0.5) within group (order by gap))) end as allowed
    from (
      select at - lag(at) over (order by place) as gap
      from (
        select at, place from reference.successes s
        where s.service = i.service and s.environment = settings.production
          and s.place <= suspect.place
        order by place desc limit 11) recent) gaps) pace
  where i.created_at - suspect.at <= pace.allowed
), strongest as (
  select distinct on (service, incident) * from candidates
  order by service, incident, rank, place
)
select i.service, i.id as incident, found.deployment, found.evidence, found.confidence
from reference.incidents i
left join strongest found
  on found.service = i.service and found.incident = i.id
  and i.change_related is distinct from false;
create index on reference.blames (service);
analyze reference.blames;

-- What became of a deployment.
create table reference.conclusions as
with judged as (
  select d.service, d.id as deployment, d.environment, d.at,
    d.status = 'success' as succeeded,
    coalesce(d.said_failed, d.status = 'failure' or incidents.n > 0 or exists (
      select from reference.unplanned u
      where u.service = d.service and u.undid = d.id)) as failed,
    incidents.*, next.at as next_at
  from reference.deployments d
  cross join lateral (
    select count(*) as n, min(i.created_at) as began, max(i.resolved_at) as ended,
      count(*) filter (where i.resolved_at is null) as unresolved
    from reference.blames b
    join reference.incidents i on i.service = b.service and i.id = b.incident
    where b.service = d.service and b.deployment = d.id) incidents
  left join lateral (
    select at from reference.successes s
    where s.service = d.service and s.environment = d.environment
      and (s.at, s.id) > (d.at, d.id)
    order by place limit 1) next on true
  where d.status in ('success', 'failure') and d.at is not null
), recovered as (
  select *, case
      when not failed or unresolved > 0 then null
      when n = 0 then next_at
      else ended
    end as recovered_at
  from judged
)
select service, deployment, environment, at, succeeded, failed,
  (select kind from reference.unplanned u
    where u.service = r.service and u.deployment = r.deployment) as rework,
  recovered_at,
  recovered_at - least(recovered_at, at) as since_deployment,
  recovered_at - least(recovered_at, coalesce(began, at)) as since_incident
from recovered r;
create index on reference.conclusions (service);
