// @ts-check

/**
 * Stages of lead time look at one deployment in so many: whole remainders of
 * their ids, found without reading the others.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create index outcomes_sampled
      on outcomes (environment_id, (deployment_id % 1024), at)`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index outcomes_sampled');
};
