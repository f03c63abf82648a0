/** Resources, the requests that change them, and how far each came. */
exports.up = async knex => {
  await knex.schema.createTable('resources', table => {
    table.comment('What is wanted, and what came of it');
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('environment').notNullable();
    table.text('offering').notNullable();
    table.text('owner_ref').notNullable();
    table.text('component_ref');
    table.text('data_class');
    table.text('state').notNullable();
    table.jsonb('parameters').notNullable();
    table.jsonb('tags').notNullable();
    table.jsonb('outputs').notNullable().defaultTo('{}');
    table.float('cost_low', 53);
    table.float('cost_high', 53);
    table.timestamp('expires_at', { useTz: true });
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table
      .timestamp('changed_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.index(['owner_ref']);
    table.index(['component_ref']);
    table.index(['created_at', 'id']);
  });
  await knex.raw(
    `create unique index resources_name on resources (offering, environment, name)
      where state not in ('destroyed', 'withdrawn')`,
  );

  await knex.schema.createTable('requests', table => {
    table.comment(
      'One change to one resource each; never changed but in state',
    );
    table.uuid('id').primary();
    table.uuid('resource_id').notNullable().references('resources.id');
    table.text('kind').notNullable();
    table.text('offering').notNullable();
    table.text('offering_version').notNullable();
    table.jsonb('parameters').notNullable();
    table.integer('time_to_live_days');
    table.text('reason');
    table.text('requested_by').notNullable();
    table.text('state').notNullable();
    table.text('message').comment('Why it ended as it did, and what to do');
    table.uuid('plan_id');
    table.jsonb('decision');
    table.float('cost_low', 53);
    table.float('cost_high', 53);
    table.timestamp('expires_at', { useTz: true });
    table.timestamp('reminded_at', { useTz: true });
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table
      .timestamp('changed_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.index(['requested_by', 'created_at']);
    table.index(['state', 'created_at']);
    table.index(['created_at', 'id']);
  });
  // Two changes of one resource at a time would each plan what the other undoes.
  await knex.raw(
    `create unique index requests_open on requests (resource_id)
      where state in ('prechecked', 'planning', 'evaluated', 'pendingApproval', 'approved', 'queued', 'applying')`,
  );
  await knex.schema.alterTable('requests', table =>
    table.index(['resource_id', 'created_at']),
  );

  await knex.schema.createTable('plans', table => {
    table.uuid('id').primary();
    table.uuid('request_id').notNullable().references('requests.id');
    table.text('hash').notNullable();
    table.jsonb('changes').notNullable();
    table
      .timestamp('made_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.index(['request_id']);
  });

  await knex.schema.createTable('approvals', table => {
    table.bigIncrements('id');
    table.uuid('request_id').notNullable().references('requests.id');
    table.text('plan_hash').notNullable();
    table.text('by_ref').notNullable();
    table.text('verdict').notNullable();
    table.text('comment');
    table
      .timestamp('at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.unique(['request_id', 'plan_hash', 'by_ref']);
  });

  await knex.schema.createTable('reservations', table => {
    table.comment(
      'What a request takes of quota and budget, in flight and after',
    );
    table.uuid('request_id').primary().references('requests.id');
    table.uuid('resource_id').notNullable().references('resources.id');
    table.text('owner_ref').notNullable();
    table.text('environment').notNullable();
    table.text('unit').notNullable();
    table.float('amount', 53).notNullable();
    table.float('monthly', 53).notNullable();
    table.index(['owner_ref', 'environment', 'unit']);
  });

  await knex.schema.createTable('drafts', table => {
    table.text('person').notNullable();
    table.text('offering').notNullable();
    table.jsonb('wish').notNullable();
    table
      .timestamp('saved_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.primary(['person', 'offering']);
  });
};

exports.down = async knex => {
  for (const table of [
    'drafts',
    'reservations',
    'approvals',
    'plans',
    'requests',
    'resources',
  ]) {
    await knex.schema.dropTable(table);
  }
};
