/** Files of watched folders that were taken in. */
exports.up = async knex => {
  await knex.schema.createTable('watched_files', table => {
    table.comment('Files of watched folders that were taken in');
    table.text('path').notNullable();
    table.bigint('bytes').notNullable();
    table.timestamp('modified_at', { useTz: true }).notNullable();
    table.uuid('import_id').notNullable();
    table.primary(['path', 'bytes', 'modified_at']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('watched_files');
};
