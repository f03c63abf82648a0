// @ts-check

/**
 * How the checks of a proposed upgrade stood when the portal last asked, and
 * which of them, or what else, keeps it from being merged without a person.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    alter table upgrades
      add column checks text
        check (checks in ('none', 'pending', 'failed', 'passed')),
      add column checks_note text,
      add column checked_at timestamptz
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'alter table upgrades drop column checks, drop column checks_note, drop column checked_at',
  );
};
