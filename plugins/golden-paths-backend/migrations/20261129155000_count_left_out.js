/**
 * How many repositories a campaign left out, because nobody could read them
 * when it began.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'alter table campaigns add column left_out integer not null default 0',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table campaigns drop column left_out');
};
