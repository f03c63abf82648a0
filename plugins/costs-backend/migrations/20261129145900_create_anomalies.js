// @ts-check

/**
 * What stood out of what services cost their owners, and what people said of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table anomalies (
      id uuid primary key default gen_random_uuid(),
      -- The group that owns what was charged for; null for nobody's.
      group_ref text,
      service text not null,
      currency text not null,
      measure text not null,
      first_day date not null,
      last_day date not null,
      expected numeric not null,
      actual numeric not null,
      score float8 not null,
      found_at timestamptz not null default now(),
      told_at timestamptz,
      verdict text not null default 'open'
        check (verdict in ('open', 'explained', 'muted')),
      reason text,
      muted_until date,
      judged_by text,
      judged_at timestamptz
    );
    create index anomalies_by_day on anomalies (last_day desc, id);
    create unique index anomalies_once on anomalies
      (coalesce(group_ref, ''), service, currency, first_day);
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table anomalies');
};
