// @ts-check

/**
 * What is concluded from the facts, and its sums by day and month. All of it
 * can be thrown away and computed anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const clocks = ['first_commit', 'opened', 'merged'];
  await knex.raw(`
    create table outcomes (
      deployment_id bigint primary key references deployments on delete cascade,
      service_id int not null,
      placement_id int not null,
      environment_id int not null,
      at timestamptz not null,
      succeeded boolean not null,
      failed boolean not null,
      failed_reason text,
      rework text,
      rework_reason text,
      recovered_at timestamptz,
      since_deployment bigint,
      since_incident bigint
    );
    create index outcomes_of_placement on outcomes (placement_id, environment_id, at);
    create index outcomes_of_service on outcomes (service_id);
    create index outcomes_by_time on outcomes (environment_id, at desc, deployment_id desc);
    create index outcomes_failed on outcomes (environment_id, at desc)
      include (placement_id, succeeded, since_deployment, since_incident) where failed;
    create index outcomes_failed_of_placement
      on outcomes (placement_id, environment_id, at)
      include (succeeded, since_deployment, since_incident) where failed;
    create index outcomes_not_succeeded on outcomes (environment_id, at desc)
      where not succeeded;

    create table delivered_changes (
      change_id bigint not null references changes on delete cascade,
      environment_id int not null,
      deployment_id bigint not null,
      service_id int not null,
      placement_id int not null,
      at timestamptz not null,
      how text not null,
      baseline boolean not null,
      -- Milliseconds from the start of each clock; absent when it is not counted.
      since_first_commit bigint,
      since_opened bigint,
      since_merged bigint,
      -- The histogram bin of each, to find one rank without reading the others.
      first_commit_bin smallint,
      opened_bin smallint,
      merged_bin smallint,
      primary key (change_id, environment_id)
    );
    create index delivered_of_service on delivered_changes (service_id);
    create index delivered_of_deployment on delivered_changes (deployment_id);
    ${clocks
      .map(
        clock => `
    create index delivered_${clock}_everywhere
      on delivered_changes (environment_id, ${clock}_bin, at)
      include (since_${clock});
    create index delivered_${clock}_of_placement
      on delivered_changes (placement_id, environment_id, ${clock}_bin, at)
      include (since_${clock});`,
      )
      .join('')}

    -- Changes that were merged and have not arrived.
    create table waiting_changes (
      change_id bigint not null references changes on delete cascade,
      environment_id int not null,
      service_id int not null,
      merged_at timestamptz not null,
      primary key (change_id, environment_id)
    );
    create index waiting_of_service on waiting_changes (service_id);
    create index waiting_by_time on waiting_changes (environment_id, merged_at desc);

    create table incident_links (
      incident_id bigint primary key references incidents on delete cascade,
      service_id int not null,
      deployment_id bigint references deployments on delete cascade,
      evidence text,
      confidence text,
      reason text not null
    );
    create index incident_links_of_deployment on incident_links (deployment_id);
    create index incident_links_of_service on incident_links (service_id);

    create table buckets (
      level smallint not null,
      scope_id int not null,
      environment_id int not null,
      grain char(1) not null check (grain in ('d', 'm')),
      starts_on date not null,
      -- Deployments that succeeded, attempts that did not, and of the first those that failed after all.
      succeeded int not null,
      attempts_failed int not null,
      successes_failed int not null,
      rework int not null,
      -- Changes that were brought, and the histogram of each clock; those not in it are not counted.
      delivered int not null,
      first_commit_histogram bytea not null,
      opened_histogram bytea not null,
      merged_histogram bytea not null,
      primary key (level, scope_id, environment_id, grain, starts_on)
    );
    create index buckets_by_day on buckets (level, environment_id, grain, starts_on);

    create table stale_buckets (
      level smallint not null,
      scope_id int not null,
      environment_id int not null,
      starts_on date not null,
      primary key (level, scope_id, environment_id, starts_on)
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'drop table stale_buckets, buckets, incident_links, waiting_changes, delivered_changes, outcomes',
  );
};
