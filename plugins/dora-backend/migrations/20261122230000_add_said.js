// @ts-check

const tables = ['deployments', 'changes', 'incidents'];

/**
 * When each part of a fact was last said, for those parts that were said
 * before the latest statement: so the order of arrival decides nothing.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const table of tables) {
    await knex.raw(`alter table ${table} add column said jsonb`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of tables) {
    await knex.raw(`alter table ${table} drop column said`);
  }
};
