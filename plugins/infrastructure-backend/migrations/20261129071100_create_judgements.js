/** What policy said of what exists, from when until when, and by what it said so. */
exports.up = async knex => {
  await knex.schema.createTable('judgements', table => {
    table.uuid('id').primary();
    table.uuid('resource_id').notNullable().references('resources.id');
    table.text('policy_revision').notNullable();
    table.timestamp('since', { useTz: true }).notNullable();
    table
      .timestamp('until', { useTz: true })
      .comment('When it was found otherwise, or gone; null while it holds');
    table.timestamp('looked_at', { useTz: true }).notNullable();
    table.text('digest').notNullable().comment('Of evidence and findings');
    table.jsonb('evidence').notNullable();
    table.index(['resource_id', 'since']);
    table.index(['since']);
  });
  await knex.raw(
    'create unique index judgements_current on judgements (resource_id) where until is null',
  );
  await knex.schema.createTable('judgement_rules', table => {
    table.uuid('judgement_id').notNullable().references('judgements.id');
    table.text('rule').notNullable();
    table.text('title').notNullable();
    table.text('finding').notNullable();
    table.integer('exception');
    table.jsonb('details').notNullable();
    table.primary(['judgement_id', 'rule']);
  });
  await knex.schema.alterTable('resources', table => {
    table
      .timestamp('judged_at', { useTz: true })
      .comment('Null when it is to be judged anew');
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('resources', table => {
    table.dropColumn('judged_at');
  });
  await knex.schema.dropTable('judgement_rules');
  await knex.schema.dropTable('judgements');
};
