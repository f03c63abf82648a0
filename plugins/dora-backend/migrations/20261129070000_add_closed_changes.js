// @ts-check

/**
 * Changes that were given up, so that those that are open can be told.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    alter table changes
      add closed_at timestamptz,
      -- The last word was that it is open again.
      add reopened boolean not null default false;
    create index changes_open on changes (opened_at)
      where merged_at is null and closed_at is null;
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`
    drop index changes_open;
    alter table changes drop closed_at, drop reopened;
  `);
};
