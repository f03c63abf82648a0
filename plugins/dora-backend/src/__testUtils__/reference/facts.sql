-- Raw facts as they were told; instants are milliseconds since 1970, null is not known.

create table reference.deployments (
  service text not null,
  id int not null,
  external_id text not null,
  environment int not null,
  status text not null,
  at bigint,
  sha text,
  commits text[],
  ref text,
  title text,
  kind text,
  said_failed boolean -- What a person said.
);

create table reference.changes (
  service text not null,
  id int not null,
  external_id text not null,
  title text,
  ref text,
  first_commit_at bigint,
  opened_at bigint,
  merged_at bigint,
  merge_sha text,
  commits text[] not null
);

create table reference.incidents (
  service text not null,
  id int not null,
  created_at bigint not null,
  resolved_at bigint,
  caused_by_deployment text,
  caused_by_sha text,
  change_related boolean
);

create table reference.settings (
  production int not null, -- The environment that incidents happen in.
  baseline bigint not null, -- Milliseconds.
  incident_window bigint not null -- Milliseconds.
);
