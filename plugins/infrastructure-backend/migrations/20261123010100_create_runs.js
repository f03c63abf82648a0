/** Attempts, what they wrote, what secrets came of them, and the trail of everything. */
exports.up = async knex => {
  await knex.schema.createTable('runs', table => {
    table.comment(
      'Attempts at planning or applying; the waiting ones are the queue',
    );
    table.uuid('id').primary();
    table.uuid('request_id').notNullable().references('requests.id');
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('lease_owner');
    table.timestamp('lease_until', { useTz: true });
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment(
        'Grows with each lease: who holds an older one may write nothing',
      );
    table.boolean('cancel').notNullable().defaultTo(false);
    table.text('error');
    table.jsonb('steps').notNullable().defaultTo('[]');
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.timestamp('started_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });
    table.index(['request_id', 'created_at']);
  });
  await knex.raw(
    `create index runs_waiting on runs (created_at) where state in ('waiting', 'running')`,
  );

  await knex.schema.createTable('run_lines', table => {
    table.bigIncrements('number');
    table.uuid('request_id').notNullable();
    table.uuid('run_id').notNullable().references('runs.id');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.text('text').notNullable();
    table.index(['request_id', 'number']);
  });

  await knex.schema.createTable('secrets', table => {
    table.uuid('resource_id').notNullable().references('resources.id');
    table.text('name').notNullable();
    table.binary('sealed').comment('Encrypted; null once it was revealed');
    table.text('revealed_by');
    table.timestamp('revealed_at', { useTz: true });
    table.primary(['resource_id', 'name']);
  });

  await knex.schema.createTable('idempotency', table => {
    table.text('caller').notNullable();
    table.text('key').notNullable();
    table.text('digest').notNullable();
    table.jsonb('answer');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.primary(['caller', 'key']);
  });

  await knex.schema.createTable('audit', table => {
    table.comment('Append-only; each entry holds the hash of the one before');
    table.bigInteger('number').primary();
    table.timestamp('at', { useTz: true, precision: 3 }).notNullable();
    table.text('action').notNullable();
    table.text('by_ref');
    table.uuid('request_id');
    table.uuid('resource_id');
    table.jsonb('detail').notNullable();
    table.text('previous_hash').notNullable();
    table.text('hash').notNullable();
    table.index(['request_id', 'number']);
    table.index(['resource_id', 'number']);
  });
  await knex.raw(`
    create function refuse_audit_change() returns trigger language plpgsql as
      $$ begin raise exception 'the audit trail is append-only'; end $$`);
  await knex.raw(`
    create trigger audit_append_only before update or delete or truncate on audit
      for each statement execute function refuse_audit_change()`);
};

exports.down = async knex => {
  for (const table of [
    'audit',
    'idempotency',
    'secrets',
    'run_lines',
    'runs',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.raw('drop function refuse_audit_change()');
};
