-- The facts as the product keeps them, of components that the catalog knows.

insert into reference.deployments
select s.entity_ref, d.id, external_id, environment_id, status,
  floor(extract(epoch from coalesce(finished_at, started_at)) * 1000),
  sha, commits, ref, title, kind,
  (select failed from corrections c where c.deployment_id = d.id and ended_at is null)
from deployments d join services s on s.id = d.service_id
where s.entity_ref is not null;

insert into reference.changes
select s.entity_ref, c.id, external_id, title, ref,
  floor(extract(epoch from first_commit_at) * 1000),
  floor(extract(epoch from opened_at) * 1000),
  floor(extract(epoch from merged_at) * 1000),
  merge_sha, commits
from changes c join services s on s.id = c.service_id
where s.entity_ref is not null;

insert into reference.incidents
select s.entity_ref, i.id,
  floor(extract(epoch from created_at) * 1000),
  floor(extract(epoch from resolved_at) * 1000),
  caused_by_deployment, caused_by_sha, change_related
from incidents i join services s on s.id = i.service_id
where s.entity_ref is not null;
