/** Where secrets are delivered to, and whether they were. */
exports.up = async knex => {
  await knex.schema.alterTable('secrets', table => {
    table
      .jsonb('sink')
      .comment('What keeps it instead of the portal; null when people see it');
    table.boolean('removing').notNullable().defaultTo(false);
    table.text('delivered_to');
    table.timestamp('delivered_at', { useTz: true });
    table.text('delivery_error');
  });
  await knex.raw(
    `create index secrets_to_deliver on secrets (resource_id)
      where sink is not null and (sealed is not null or removing)`,
  );
};

exports.down = async knex => {
  await knex.raw('drop index secrets_to_deliver');
  await knex.schema.alterTable('secrets', table => {
    table.dropColumn('delivery_error');
    table.dropColumn('delivered_at');
    table.dropColumn('delivered_to');
    table.dropColumn('removing');
    table.dropColumn('sink');
  });
};
