// @ts-check

/**
 * What groups, systems and components may spend, and which thresholds their
 * owners were told of.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table budgets (
      id uuid primary key,
      entity_ref text not null,
      period text not null check (period in ('month', 'year')),
      currency text not null,
      measure text not null,
      amount numeric not null check (amount > 0),
      thresholds jsonb not null,
      version int not null default 1,
      set_by text not null,
      set_at timestamptz not null default now(),
      changed_by text,
      changed_at timestamptz,
      ended_by text,
      ended_at timestamptz
    );
    create unique index budgets_kept on budgets (entity_ref, period, currency)
      where ended_at is null;

    create table budget_notices (
      budget_id uuid not null references budgets,
      -- The first day of the month or year.
      period_start date not null,
      basis text not null check (basis in ('actual', 'forecast')),
      percent int not null,
      -- A threshold of another amount is another one.
      amount numeric not null,
      told_at timestamptz not null default now(),
      primary key (budget_id, period_start, basis, percent, amount)
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table budget_notices, budgets');
};
