/** What engines remember of resources between runs, as Terraform's HTTP backend keeps it. */
exports.up = async knex => {
  await knex.schema.createTable('state_grants', table => {
    table.comment('Who may reach the state of one resource, and until when');
    table.uuid('id').primary();
    table.uuid('resource_id').notNullable();
    table.text('holder').notNullable().comment('The run, or what else looks');
    table.text('access').notNullable();
    table.binary('token_digest').notNullable();
    table.timestamp('expires_at', { useTz: true }).notNullable();
    table.index(['holder']);
    table.index(['expires_at']);
  });

  await knex.schema.createTable('states', table => {
    table.comment(
      'One row for each resource with a state: its version and its lock',
    );
    table.uuid('resource_id').primary();
    table.integer('version').notNullable().defaultTo(0);
    table.text('lock_id');
    table.jsonb('lock_info');
    table.uuid('lock_grant');
    table.timestamp('lock_until', { useTz: true });
  });

  await knex.schema.createTable('state_versions', table => {
    table.uuid('resource_id').notNullable().references('states.resource_id');
    table.integer('version').notNullable();
    table.text('lineage');
    table.bigInteger('serial');
    table.binary('digest').comment('SHA-256 of what is sealed');
    table
      .binary('sealed')
      .comment('Encrypted; null where the state was removed');
    table.text('holder').notNullable();
    table
      .timestamp('written_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.primary(['resource_id', 'version']);
  });
};

exports.down = async knex => {
  for (const table of ['state_versions', 'states', 'state_grants']) {
    await knex.schema.dropTable(table);
  }
};
