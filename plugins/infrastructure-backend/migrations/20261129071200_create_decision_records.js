/** What decisions were made of, so that they can be made again. */
exports.up = async knex => {
  await knex.schema.createTable('decision_records', table => {
    table.bigIncrements('number');
    table.uuid('id').notNullable();
    table.uuid('request_id').notNullable().references('requests.id');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.text('stage').notNullable();
    table.jsonb('decision').notNullable();
    table
      .binary('sealed')
      .notNullable()
      .comment('What policy was asked, compressed and encrypted');
    table.index(['request_id']);
    table.index(['at']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('decision_records');
};
