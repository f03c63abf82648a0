// @ts-check

/**
 * An adoption comes from no version. However often it is asked for, its commit
 * is kept once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `create unique index upgrades_adopted on upgrades (repository, commit)
      where from_version = ''`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index upgrades_adopted');
};
