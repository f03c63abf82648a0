// @ts-check

/**
 * Deployments, changes and incidents, the components they belong to, and what
 * people corrected.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table environments (
      id int generated always as identity primary key,
      name text not null unique
    );

    -- The part of the catalog that deliveries are matched and rolled up by.
    create table entities (
      ref text primary key,
      kind text not null,
      name text not null,
      title text not null,
      owner_ref text,
      parent_ref text
    );
    create index entities_by_name on entities (kind, lower(name));
    create index entities_by_parent on entities (parent_ref);
    create table entity_keys (
      annotation text not null,
      value text not null,
      entity_ref text not null references entities on delete cascade,
      paths text[] not null default '{}',
      primary key (annotation, value, entity_ref)
    );

    -- A component that deliveries are known of. Without entity_ref the
    -- catalog does not know it yet, and its facts wait.
    create table services (
      id int generated always as identity primary key,
      key text not null unique,
      entity_ref text unique
    );

    -- Who and what rolled things up: owners, systems, domains.
    create table scopes (
      id int generated always as identity primary key,
      level smallint not null,
      ref text not null,
      unique (level, ref)
    );

    -- Where a component stood, from when on. A fact keeps the place of its own time.
    create table placements (
      id int generated always as identity primary key,
      service_id int not null references services on delete cascade,
      owner_scope int references scopes,
      system_scope int references scopes,
      domain_scope int references scopes,
      valid_from timestamptz not null,
      unique (service_id, valid_from)
    );

    create table deployments (
      id bigint generated always as identity primary key,
      service_id int not null references services on delete cascade,
      environment_id int not null references environments,
      source text not null,
      external_id text not null,
      status text not null check (status in ('pending', 'success', 'failure', 'cancelled')),
      started_at timestamptz,
      finished_at timestamptz,
      -- When it ended; for one that only says when it began, that; else when it was heard of.
      at timestamptz generated always as
        (coalesce(finished_at, started_at, observed_at)) stored,
      sha text,
      commits text[],
      ref text,
      title text,
      author text,
      url text,
      kind text,
      observed_at timestamptz not null,
      unique (service_id, source, external_id)
    );
    create index deployments_by_external_id on deployments (external_id);
    create index deployments_by_time on deployments (at desc, id desc)
      include (environment_id, service_id);
    create index deployments_of_service on deployments (service_id, at desc, id desc);
    create index deployments_not_ended on deployments (environment_id, at desc)
      where status in ('cancelled', 'pending');

    create table changes (
      id bigint generated always as identity primary key,
      service_id int not null references services on delete cascade,
      source text not null,
      external_id text not null,
      number text,
      title text,
      author text,
      url text,
      ref text,
      first_commit_at timestamptz,
      opened_at timestamptz,
      first_review_at timestamptz,
      approved_at timestamptz,
      merged_at timestamptz,
      merge_sha text,
      commits text[] not null default '{}',
      observed_at timestamptz not null,
      unique (service_id, source, external_id)
    );

    create table incidents (
      id bigint generated always as identity primary key,
      service_id int not null references services on delete cascade,
      source text not null,
      external_id text not null,
      severity text,
      title text,
      url text,
      created_at timestamptz,
      resolved_at timestamptz,
      -- The last word was that it is open again.
      reopened boolean not null default false,
      caused_by_deployment text,
      caused_by_sha text,
      change_related boolean,
      observed_at timestamptz not null,
      unique (service_id, source, external_id)
    );
    create index incidents_by_cause on incidents (caused_by_deployment)
      where caused_by_deployment is not null;
    create index incidents_by_time on incidents (created_at desc, id desc)
      include (service_id);

    create table corrections (
      id bigint generated always as identity primary key,
      deployment_id bigint references deployments on delete cascade,
      incident_id bigint references incidents on delete cascade,
      -- For a deployment: failed or not. For an incident: its cause, none when both are null.
      failed boolean,
      cause_id bigint references deployments on delete cascade,
      reason text not null,
      by_ref text not null,
      at timestamptz not null default now(),
      -- Taken back, or replaced by a later one.
      ended_at timestamptz,
      -- Says that what the portal concludes is right again.
      takes_back boolean not null default false,
      check ((deployment_id is null) <> (incident_id is null))
    );
    create unique index corrections_of_deployment on corrections (deployment_id)
      where ended_at is null and deployment_id is not null;
    create unique index corrections_of_incident on corrections (incident_id)
      where ended_at is null and incident_id is not null;
    create index corrections_by_cause on corrections (cause_id) where cause_id is not null;

    create table stale_services (
      service_id int primary key references services on delete cascade,
      -- While an import is running, its components are left alone.
      not_before timestamptz not null default now()
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`
    drop table stale_services, corrections, incidents, changes, deployments,
      placements, scopes, services, entity_keys, entities, environments
  `);
};
