// @ts-check

/**
 * What came in, byte for byte, before anybody looked into it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table deliveries (
      id bigint generated always as identity primary key,
      source text not null,
      delivery_id text not null,
      event text,
      headers jsonb not null,
      body bytea not null,
      received_at timestamptz not null default now(),
      state text not null default 'waiting'
        check (state in ('waiting', 'applied', 'ignored', 'unmatched', 'failed')),
      attempts smallint not null default 0,
      message text,
      -- The unknown component whose facts wait for the catalog.
      unmatched_service int,
      due_at timestamptz not null default now(),
      unique (source, delivery_id)
    );
    create index deliveries_due on deliveries (due_at, id) where state = 'waiting';
    create index deliveries_by_state on deliveries (state, id desc);
    create index deliveries_by_source on deliveries (source, id desc);

    create table delivery_counters (
      source text primary key,
      received bigint not null default 0,
      duplicate bigint not null default 0,
      applied bigint not null default 0,
      ignored bigint not null default 0,
      unmatched bigint not null default 0,
      failed bigint not null default 0,
      refused bigint not null default 0,
      last_at timestamptz
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table delivery_counters, deliveries');
};
