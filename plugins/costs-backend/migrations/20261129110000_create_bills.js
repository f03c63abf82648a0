const columns = [
  'AvailabilityZone',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'CommitmentDiscountCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountName',
  'CommitmentDiscountStatus',
  'CommitmentDiscountType',
  'ConsumedUnit',
  'InvoiceIssuerName',
  'PricingCategory',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'SkuId',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'CapacityReservationId',
  'CapacityReservationStatus',
  'CommitmentDiscountUnit',
  'ServiceSubcategory',
  'SkuMeter',
  'SkuPriceDetails',
  'BillingAccountType',
  'InvoiceId',
  'PricingCurrency',
  'SubAccountType',
];

const measures = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

/** What was handed in, and what bills say. */
exports.up = async knex => {
  await knex.schema.createTable('imports', table => {
    table.comment('Files that were handed in, and what became of them');
    table.uuid('id').primary();
    table.bigIncrements('number', { primaryKey: false }).notNullable();
    table.text('source').notNullable();
    table.text('filename').notNullable();
    table.bigint('bytes').notNullable();
    table.text('digest').notNullable().comment('SHA-256 of the file');
    table.text('state').notNullable();
    table.text('created_by').notNullable();
    table
      .timestamp('created_at', { useTz: true })
      .notNullable()
      .defaultTo(knex.fn.now());
    table.timestamp('started_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });
    table.text('error');
    table.jsonb('report');
    table.text('lease_owner');
    table.timestamp('lease_until', { useTz: true });
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Counts who took it, so that only the last one may end it');
    table.index('number');
  });
  await knex.raw(
    `create index imports_open on imports (source, number)
      where state in ('waiting', 'reading', 'storing')`,
  );

  await knex.schema.createTable('bills', table => {
    table.comment('What a source said of a billing period');
    table.bigIncrements('id');
    table.text('source').notNullable();
    table.date('period_start').notNullable();
    table.date('period_end').notNullable();
    table.uuid('import_id').notNullable().references('imports.id');
    table
      .boolean('current')
      .notNullable()
      .comment('Whether it counts; one that was replaced is removed soon');
  });
  await knex.raw(
    `create unique index bills_current on bills (source, period_start) where current`,
  );

  await knex.schema.createTable('bill_totals', table => {
    table.comment('The sums of a bill, to be compared with invoices');
    table.bigint('bill_id').notNullable();
    table.text('currency').notNullable();
    table.bigint('rows').notNullable();
    for (const column of measures) {
      table.specificType(column, 'numeric').notNullable();
    }
    table.primary(['bill_id', 'currency']);
  });

  await knex.schema.createTable('items', table => {
    table.comment(
      'What is charged for: everything of a charge but when and how much',
    );
    table.bigint('bill_id').notNullable();
    table.bigint('id').notNullable();
    for (const column of columns) table.text(column);
    table.jsonb('Tags');
    table.primary(['bill_id', 'id']);
  });

  await knex.schema.createTable('charges', table => {
    table.comment(
      'What an item cost in a day: the sum of the rows of its bill',
    );
    table.bigint('bill_id').notNullable();
    table.bigint('item_id').notNullable();
    table.date('day').notNullable();
    table.bigint('rows').notNullable();
    for (const column of measures) {
      table.specificType(column, 'numeric').notNullable();
    }
    table.specificType('ConsumedQuantity', 'numeric');
    table.specificType('PricingQuantity', 'numeric');
    table.primary(['bill_id', 'item_id', 'day']);
  });
};

exports.down = async knex => {
  await knex.schema.dropTable('charges');
  await knex.schema.dropTable('items');
  await knex.schema.dropTable('bill_totals');
  await knex.schema.dropTable('bills');
  await knex.schema.dropTable('imports');
};
