// @ts-check

/**
 * Which histories of Git repositories were asked for, and what became of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table history_runs (
      id bigint generated always as identity primary key,
      entity_ref text not null,
      repository text not null,
      options jsonb not null,
      requested_by text not null,
      requested_at timestamptz not null default now(),
      state text not null default 'waiting'
        check (state in ('waiting', 'running', 'done', 'failed')),
      attempts smallint not null default 0,
      -- Until then the replica that took it is believed to be alive.
      leased_until timestamptz,
      finished_at timestamptz,
      summary jsonb,
      message text
    );
    create index history_runs_open on history_runs (id)
      where state in ('waiting', 'running');
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table history_runs');
};
