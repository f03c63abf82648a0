/** Entries are looked for by when, what and who, in a trail that only grows. */
exports.up = async knex => {
  await knex.schema.alterTable('audit', table => {
    table.index(['at']);
    table.index(['action', 'number']);
    table.index(['by_ref', 'number']);
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('audit', table => {
    table.dropIndex(['at']);
    table.dropIndex(['action', 'number']);
    table.dropIndex(['by_ref', 'number']);
  });
};
