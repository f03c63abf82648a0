// @ts-check

/**
 * What groups want their metrics to be, on which side of it they were last
 * seen, and which weekly digests were sent.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table goals (
      id bigint generated always as identity primary key,
      group_ref text not null,
      environment_id smallint not null references environments,
      metric text not null check (metric in ('deploymentFrequency', 'changeLeadTime',
        'changeFailRate', 'failedDeploymentRecoveryTime', 'deploymentReworkRate')),
      percentile text check (percentile in ('p50', 'p75', 'p90')),
      target float8 not null,
      -- Days in the portal's time zone.
      starts_on date not null,
      due_on date,
      set_by text not null,
      set_at timestamptz not null default now(),
      changed_by text,
      changed_at timestamptz,
      ended_by text,
      ended_at timestamptz,
      -- Where the metric was when it was last looked at; null until then.
      side text check (side in ('reached', 'missed')),
      -- How often it changed sides: numbers what people were told.
      crossings int not null default 0
    );
    create unique index goals_pursued
      on goals (group_ref, environment_id, metric, coalesce(percentile, ''))
      where ended_at is null;
    create index goals_ended on goals (ended_at desc) where ended_at is not null;

    create table digests (
      group_ref text not null,
      -- Its first day.
      week date not null,
      sent_at timestamptz not null default now(),
      primary key (group_ref, week)
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table digests, goals');
};
