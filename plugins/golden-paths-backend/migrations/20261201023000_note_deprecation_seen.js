// @ts-check

/**
 * On which day the portal first saw that a template is given up, or that the day
 * is another: a day that lies back must not shorten the notice. What was seen
 * before keeps the end that people were told.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw('alter table templates add column deprecation_seen_on date');
  await knex('templates').update({
    deprecation_seen_on: knex.ref('deprecated_on'),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table templates drop column deprecation_seen_on');
};
