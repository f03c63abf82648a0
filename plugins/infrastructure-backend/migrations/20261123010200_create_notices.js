/** Of what people were told, so that of several replicas one tells it once. */
exports.up = async knex => {
  await knex.schema.createTable('notices', table => {
    table.uuid('request_id').notNullable().references('requests.id');
    table.text('state').notNullable();
    table
      .text('plan')
      .notNullable()
      .comment('Of the plan then; empty when there was none');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.primary(['request_id', 'state', 'plan']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('notices');
};
