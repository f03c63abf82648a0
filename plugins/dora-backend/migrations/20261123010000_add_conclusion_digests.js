// @ts-check

const indexes = [
  { name: 'outcomes_of_service', table: 'outcomes' },
  { name: 'delivered_of_service', table: 'delivered_changes' },
];

/**
 * What was concluded of a component by month, as a digest: months that come
 * out the same again are not compared row by row.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table conclusion_digests (
      service_id int not null,
      concluded text not null,
      month date not null,
      -- Of the rows as they were written, and how many they were.
      digest text not null,
      rows int not null,
      primary key (service_id, concluded, month)
    );
  `);
  for (const { name, table } of indexes) {
    await knex.raw(`
      drop index ${name};
      create index ${name} on ${table} (service_id, at);
    `);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const { name, table } of indexes) {
    await knex.raw(`
      drop index ${name};
      create index ${name} on ${table} (service_id);
    `);
  }
  await knex.raw('drop table conclusion_digests');
};
