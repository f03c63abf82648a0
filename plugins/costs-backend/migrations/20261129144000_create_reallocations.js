/** Rules that are put in force in the background, and what is allocated by them before it counts. */
exports.up = async knex => {
  await knex.schema.createTable('reallocations', table => {
    table.comment('Changes of the rules, and how far each is');
    table.uuid('id').primary();
    table.bigIncrements('number', { primaryKey: false }).notNullable();
    table.text('state').notNullable();
    table.jsonb('rules').notNullable();
    table.date('period_from').notNullable();
    table.date('period_to').notNullable();
    table.text('measure').notNullable();
    table.text('reason').comment('Why somebody wanted it, in their own words');
    table.text('created_by').notNullable();
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.timestamp('started_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('error');
    table.jsonb('change').comment('What it changed, once it counts');
    table.index('number');
  });
  await knex.raw(
    `create unique index reallocations_open on reallocations ((true))
      where state in ('waiting', 'allocating')`,
  );
  await knex.schema.createTable('next_bills', table => {
    table.comment('Bills that are allocated by the rules that come');
    table.bigint('bill_id').primary();
  });
  for (const name of ['allocations', 'shares', 'spend']) {
    await knex.raw(`create table next_${name} (like ${name} including all)`);
    await knex.raw(
      `comment on table next_${name} is 'What takes the place of rows of ${name} when the rules that come are in force'`,
    );
  }
};

exports.down = async knex => {
  for (const name of ['allocations', 'shares', 'spend', 'bills']) {
    await knex.schema.dropTable(`next_${name}`);
  }
  await knex.schema.dropTable('reallocations');
};
