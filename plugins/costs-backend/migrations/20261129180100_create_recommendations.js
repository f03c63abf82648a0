// @ts-check

/**
 * What could cost less, what people said of it, and what came of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table recommendations (
      id uuid primary key default gen_random_uuid(),
      -- The rule and what it is about: the same again is the same one.
      fingerprint text not null unique,
      rule text not null,
      kind text not null,
      title text not null,
      why text not null,
      effort text not null,
      source text not null,
      entity_ref text,
      group_ref text,
      resource_id text,
      resource_name text,
      service text not null,
      currency text not null,
      first_day date not null,
      last_day date not null,
      cost numeric not null,
      low numeric not null,
      high numeric not null,
      evidence jsonb not null,
      link jsonb not null,
      -- Which charges say whether anything came of it.
      subject jsonb not null,
      withheld text,
      found_at timestamptz not null default now(),
      verdict text not null default 'open'
        check (verdict in ('open', 'accepted', 'dismissed')),
      reason text,
      judged_by text,
      judged_at timestamptz,
      outcome jsonb
    );
    create index recommendations_by_saving on recommendations (high desc, id);
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table recommendations');
};
