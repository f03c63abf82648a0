// @ts-check

/**
 * Services that need not be on a golden path, or not on a supported version,
 * until a day.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table exceptions (
      id uuid primary key default gen_random_uuid(),
      entity_ref text not null,
      title text not null,
      owner text,
      kind text not null check (kind in ('golden-path', 'version')),
      reason text not null,
      -- The last day on which it holds, in UTC.
      until date not null,
      state text not null default 'pending' check (state in
        ('pending', 'granted', 'refused', 'withdrawn', 'revoked', 'expired')),
      asked_by text not null,
      asked_at timestamptz not null default now(),
      decided_by text,
      decided_at timestamptz,
      comment text,
      ended_by text,
      ended_at timestamptz,
      -- When who has to know was told: that it waits, what was decided, that it ends.
      told_at timestamptz,
      answered_at timestamptz,
      warned_at timestamptz
    );
    -- One of a kind at a time; the next is asked for when it has ended.
    create unique index exceptions_open on exceptions (entity_ref, kind)
      where state in ('pending', 'granted');
    create index exceptions_asked on exceptions (asked_at desc);
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table exceptions');
};
