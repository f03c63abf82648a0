// @ts-check

/**
 * Who was told of the end of a version, and which day: a day that comes nearer,
 * as when the whole template is given up, and a new owner have to be told again.
 * What was noted before has neither, and is told as it was: once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    alter table services
      add column told_owner text,
      add column told_until date
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'alter table services drop column told_owner, drop column told_until',
  );
};
