// @ts-check

/**
 * Sums of everything by hour. Where days of a time zone begin at other hours
 * than those of UTC, every step of a trend cuts two days; hours put them
 * together again without reading what happened in them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table hours (
      environment_id smallint not null,
      starts_at timestamptz not null,
      -- As in buckets.
      succeeded int not null,
      attempts_failed int not null,
      successes_failed int not null,
      rework int not null,
      delivered int not null,
      first_commit_histogram bytea not null,
      opened_histogram bytea not null,
      merged_histogram bytea not null,
      primary key (environment_id, starts_at)
    );
    -- Summed up anew, with their hours.
    insert into stale_buckets (level, scope_id, environment_id, starts_on)
      select level, scope_id, environment_id, starts_on from buckets
      where level = 4 and grain = 'd'
      on conflict do nothing;
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table hours');
};
