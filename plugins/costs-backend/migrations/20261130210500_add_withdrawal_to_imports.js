/** How imports were taken back that counted. */
exports.up = async knex => {
  await knex.schema.alterTable('imports', table => {
    table
      .jsonb('withdrawal')
      .comment('When, by whom and why it was taken back, and what counted');
  });
};

exports.down = async knex => {
  await knex('imports')
    .where({ state: 'withdrawn' })
    .update({
      state: 'failed',
      error: knex.raw(
        `(withdrawal ->> 'by') || ' took it back; nothing of it counts'`,
      ),
    });
  await knex.schema.alterTable('imports', table => {
    table.dropColumn('withdrawal');
  });
};
