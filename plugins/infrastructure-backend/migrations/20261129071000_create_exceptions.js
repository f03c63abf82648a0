/** Rules that are let be for something until a day, and who said so. */
exports.up = async knex => {
  await knex.schema.createTable('exceptions', table => {
    table.uuid('id').primary();
    table.specificType(
      'number',
      'integer not null unique generated always as identity',
    );
    table.text('rule').notNullable();
    table.text('scope').notNullable();
    table.text('offering').notNullable();
    table.text('environment').notNullable();
    table.text('name').notNullable();
    table.text('owner_ref').notNullable();
    table.uuid('resource_id').references('resources.id');
    table.uuid('request_id').references('requests.id');
    table.text('reason').notNullable();
    table
      .text('until')
      .notNullable()
      .comment('The last day on which it holds, in UTC');
    table.text('state').notNullable();
    table.jsonb('finding').notNullable().comment('What it is asked for');
    table.text('asked_by').notNullable();
    table
      .timestamp('asked_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.text('decided_by');
    table.timestamp('decided_at', { useTz: true });
    table.text('comment');
    table.text('ended_by');
    table.timestamp('ended_at', { useTz: true });
    table.timestamp('told_at', { useTz: true });
    table.timestamp('answered_at', { useTz: true });
    table.timestamp('warned_at', { useTz: true });
    table.index(['offering', 'environment', 'name']);
    table.index(['state', 'until']);
    table.index(['asked_at', 'id']);
  });
  // Two people who ask for the same wait for one answer.
  await knex.raw(
    `create unique index exceptions_pending on exceptions
        (rule, scope, offering, environment, name, owner_ref)
      where state = 'pending'`,
  );
};

exports.down = async knex => {
  await knex.schema.dropTable('exceptions');
};
