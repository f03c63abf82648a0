const measures = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

/** To whom costs belong: what the catalog says, the rules, and what they come to. */
exports.up = async knex => {
  await knex.schema.createTable('entities', table => {
    table.comment('The part of the catalog that costs are rolled up by');
    table.text('ref').primary();
    table.text('title').notNullable();
    table.text('component');
    table.text('system');
    table.text('domain');
    table.text('group_ref').comment('Who owns it; a group owns itself');
  });
  await knex.schema.createTable('entity_keys', table => {
    table.comment('What bills may call an entity');
    table
      .text('sort')
      .notNullable()
      .comment('A kind, for names and references; else an annotation');
    table.text('value').notNullable();
    table.text('ref').notNullable();
    table.primary(['sort', 'value', 'ref']);
  });
  await knex.schema.createTable('group_tree', table => {
    table.comment('Each group with itself and every group below it');
    table.text('ancestor').notNullable();
    table.text('ref').notNullable();
    table.primary(['ancestor', 'ref']);
  });

  await knex.schema.createTable('rule_sets', table => {
    table.comment(
      'The rules of allocation as they were at a time; the newest is in force',
    );
    table.bigIncrements('id');
    table.jsonb('rules').notNullable();
    table.text('changed_by').notNullable();
    table
      .timestamp('changed_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
  });
  await knex.schema.alterTable('bills', table => {
    table
      .bigint('rule_set_id')
      .references('rule_sets.id')
      .comment('The rules it is allocated by; the first ones when absent');
    table
      .boolean('stale')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the catalog changed since it was allocated');
  });

  await knex.schema.createTable('allocations', table => {
    table.comment('Which rule took an item, and for whom');
    table.bigint('bill_id').notNullable();
    table.bigint('item_id').notNullable();
    table
      .text('part')
      .notNullable()
      .comment('allocated, shared or unallocated');
    table.text('rule');
    table.text('entity_ref');
    table.text('cause').comment('Why nobody owns it');
    table.primary(['bill_id', 'item_id']);
  });
  await knex.schema.createTable('shares', table => {
    table.comment(
      'Who bears what a rule shares out: the part of total from before to upto',
    );
    table.bigint('bill_id').notNullable();
    table.text('rule').notNullable();
    table.text('currency').notNullable();
    table.text('entity_ref').notNullable();
    table.specificType('before', 'numeric').notNullable();
    table.specificType('upto', 'numeric').notNullable();
    table.specificType('total', 'numeric').notNullable();
    table.primary(['bill_id', 'rule', 'currency', 'entity_ref']);
  });
  await knex.schema.createTable('spend', table => {
    table.comment('The charges of a day summed up by what is mostly asked for');
    table.bigint('bill_id').notNullable();
    table.date('day').notNullable();
    table.text('part').notNullable();
    table.text('rule');
    table.text('entity_ref');
    for (const column of [
      'BillingCurrency',
      'ChargeCategory',
      'ProviderName',
      'RegionId',
      'ServiceCategory',
      'ServiceName',
      'SubAccountId',
      'SubAccountName',
    ]) {
      table.text(column);
    }
    for (const column of measures) {
      table.specificType(column, 'numeric').notNullable();
    }
    table.index(['bill_id', 'day']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('spend');
  await knex.schema.dropTable('shares');
  await knex.schema.dropTable('allocations');
  await knex.schema.alterTable('bills', table => {
    table.dropColumn('rule_set_id');
  });
  await knex.schema.dropTable('rule_sets');
  await knex.schema.dropTable('group_tree');
  await knex.schema.dropTable('entity_keys');
  await knex.schema.dropTable('entities');
};
