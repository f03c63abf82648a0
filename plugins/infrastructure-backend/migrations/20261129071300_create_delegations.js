/** Who approves in whose place, and for whom an approval was given. */
exports.up = async knex => {
  await knex.schema.createTable('delegations', table => {
    table.uuid('id').primary();
    table.text('by_ref').notNullable().comment('Who is stood in for');
    table.text('to_ref').notNullable();
    table.text('from_day').notNullable();
    table.text('until_day').notNullable().comment('The last day, in UTC');
    table.text('reason');
    table
      .timestamp('made_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.timestamp('ended_at', { useTz: true });
    table.index(['to_ref']);
    table.index(['by_ref']);
  });
  await knex.schema.alterTable('approvals', table => {
    table
      .specificType('for_refs', 'text[]')
      .notNullable()
      .defaultTo('{}')
      .comment('Those whom they stood in for');
  });
  // Comments of which people are still to be told are found without reading the whole trail.
  await knex.raw(
    `create index audit_comments on audit (number) where action = 'request.commented'`,
  );
};

exports.down = async knex => {
  await knex.raw('drop index audit_comments');
  await knex.schema.alterTable('approvals', table => {
    table.dropColumn('for_refs');
  });
  await knex.schema.dropTable('delegations');
};
