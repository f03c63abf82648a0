// @ts-check

/**
 * Metrics by which costs are divided, and their values.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table units (
      entity_ref text not null,
      unit text not null,
      title text not null,
      -- Whether a month has the mean of its days; else their sum.
      is_mean boolean not null,
      set_by text not null,
      set_at timestamptz not null default now(),
      primary key (entity_ref, unit)
    );
    create table unit_values (
      entity_ref text not null,
      unit text not null,
      day date not null,
      value numeric not null,
      primary key (entity_ref, unit, day),
      foreign key (entity_ref, unit) references units on delete cascade
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table unit_values, units');
};
