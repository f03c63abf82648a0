// @ts-check

/**
 * Which anomalies belong to one another: the id of the first of them. Each is
 * one of its own until it is looked for what stands out the next time.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    alter table anomalies add column event_id uuid;
    update anomalies set event_id = id;
    create index anomalies_by_event on anomalies (event_id);
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table anomalies drop column event_id');
};
