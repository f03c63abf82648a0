/** What becomes of billing periods that a file has only a few rows of. */
exports.up = async knex => {
  await knex.schema.alterTable('imports', table => {
    table
      .text('strays')
      .notNullable()
      .defaultTo('refuse')
      .comment(
        'What becomes of billing periods that the file says far less of than what counts: refuse, leave or replace',
      );
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('imports', table => {
    table.dropColumn('strays');
  });
};
