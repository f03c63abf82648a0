/** When a resource was last looked at, what was found, and whether its end was announced. */
exports.up = async knex => {
  await knex.schema.alterTable('resources', table => {
    table.timestamp('observed_at', { useTz: true });
    table.jsonb('drift').comment('What it would take to bring it back');
    table.timestamp('warned_at', { useTz: true });
    table.index(['expires_at']);
  });
};

exports.down = async knex => {
  await knex.schema.alterTable('resources', table => {
    table.dropIndex(['expires_at']);
    table.dropColumn('warned_at');
    table.dropColumn('drift');
    table.dropColumn('observed_at');
  });
};
