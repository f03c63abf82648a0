/** What one unit of a currency is in another, from which day on, and who says so. */
exports.up = async knex => {
  await knex.schema.createTable('exchange_rates', table => {
    table.comment('What a unit of a currency is in another, by day');
    table.text('from_currency').notNullable();
    table.text('to_currency').notNullable();
    table
      .date('day')
      .notNullable()
      .comment('The first on which it holds; it does until the next one');
    table.specificType('rate', 'numeric').notNullable();
    table.text('source').notNullable().comment('Where it comes from');
    table.text('set_by').notNullable();
    table
      .timestamp('set_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.primary(['from_currency', 'to_currency', 'day']);
  });
  await knex.raw('alter table exchange_rates add check (rate > 0)');
};

exports.down = async knex => {
  await knex.schema.dropTable('exchange_rates');
};
