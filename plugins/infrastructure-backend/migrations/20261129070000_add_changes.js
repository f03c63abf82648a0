/** What requests change beside parameters, and how resources are known that were not made here. */
exports.up = async knex => {
  await knex.schema.alterTable('requests', table => {
    table
      .jsonb('change')
      .notNullable()
      .defaultTo('{}')
      .comment('The new owner, component and tags; what stands there already');
  });
  await knex.schema.alterTable('resources', table => {
    table
      .jsonb('existing')
      .comment('What its engine knows it by, where it was there before');
    table
      .jsonb('accepted_drift')
      .comment('What was found otherwise, and accepted');
    table
      .boolean('gone')
      .notNullable()
      .defaultTo(false)
      .comment('That nothing of it was found when it was last looked at');
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('resources', table => {
    table.dropColumn('gone');
    table.dropColumn('accepted_drift');
    table.dropColumn('existing');
  });
  await knex.schema.alterTable('requests', table => {
    table.dropColumn('change');
  });
};
