/** How far imports are that are worked on. */
exports.up = async knex => {
  await knex.schema.alterTable('imports', table => {
    table
      .jsonb('progress')
      .comment('The stage, and bytes where they are known');
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('imports', table => {
    table.dropColumn('progress');
  });
};
