/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('waymark_task_notices', table => {
    table.comment('Scaffolder tasks whose end was told to their creator');
    table.text('task_id').primary();
    table
      .timestamp('told_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('waymark_task_notices');
};
