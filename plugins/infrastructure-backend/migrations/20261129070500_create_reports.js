const open = [
  'prechecked',
  'planning',
  'evaluated',
  'pendingApproval',
  'approved',
  'queued',
  'applying',
];

async function allowOneOpenRequestIn(knex, states) {
  await knex.raw('drop index requests_open');
  await knex.raw(
    `create unique index requests_open on requests (resource_id)
      where state in (${states.map(state => `'${state}'`).join(', ')})`,
  );
}

/** What engines gave to other systems to finish, and what those say of it. */
exports.up = async knex => {
  await knex.schema.alterTable('resources', table => {
    table.jsonb('handover').comment('What others have to finish, or finished');
    table.timestamp('handed_over_at', { useTz: true });
    table
      .jsonb('reported')
      .comment('What others say is not as it was handed over');
  });
  await knex.raw(
    `create index resources_handover on resources ((handover ->> 'engine'), (handover ->> 'place'))
      where handover is not null`,
  );
  await allowOneOpenRequestIn(knex, [...open, 'reconciling']);

  await knex.schema.createTable('reports', table => {
    table.comment('The newest that other systems said of each place');
    table.text('engine').notNullable();
    table.text('place').notNullable();
    table.text('sender').notNullable();
    table.text('revision').notNullable();
    table.text('state').notNullable();
    table.text('message').notNullable();
    table.timestamp('at', { useTz: true }).notNullable();
    table.primary(['engine', 'place']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('reports');
  // The state is not known before this; nobody will report on it any more.
  await knex('requests')
    .where({ state: 'reconciling' })
    .update({ state: 'failed' });
  await knex('resources')
    .whereNotNull('handover')
    .whereIn('state', ['provisioning', 'changing', 'destroying'])
    .update({ state: 'failed' });
  await allowOneOpenRequestIn(knex, open);
  await knex.raw('drop index resources_handover');
  await knex.schema.alterTable('resources', table => {
    table.dropColumn('reported');
    table.dropColumn('handed_over_at');
    table.dropColumn('handover');
  });
};
