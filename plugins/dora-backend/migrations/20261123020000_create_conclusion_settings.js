// @ts-check

/**
 * By which settings conclusions are drawn from the facts: one row.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table conclusion_settings (
      single boolean primary key default true check (single),
      fingerprint text not null,
      since timestamptz not null default now()
    )
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table conclusion_settings');
};
