const dimensions = [
  'BillingCurrency',
  'ChargeCategory',
  'ProviderName',
  'RegionId',
  'ServiceCategory',
  'ServiceName',
  'SubAccountId',
  'SubAccountName',
];
const measures = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

const names = list => list.map(name => `"${name}"`).join(', ');

/** Sums of months, which a year of pages is read from; and a way to the charges of a day. */
exports.up = async knex => {
  for (const prefix of ['', 'next_']) {
    const table = `${prefix}spend_months`;
    await knex.raw(`create table ${table} (like ${prefix}spend including all)`);
    await knex.raw(
      `comment on table ${table} is 'What ${prefix}spend says, by the month that begins at the day'`,
    );
    await knex.raw(
      `insert into ${table} (bill_id, day, part, rule, entity_ref, ${names([
        ...dimensions,
        ...measures,
      ])})
        select bill_id, date_trunc('month', day)::date, part, rule, entity_ref,
          ${names(dimensions)}, ${measures
        .map(name => `sum("${name}")`)
        .join(', ')}
        from ${prefix}spend group by 1, 2, 3, 4, 5, ${names(dimensions)}`,
    );
  }
  // A bill is of few days that lie together, so that little says where they are.
  await knex.raw(
    `create index charges_day on charges using brin (day) with (pages_per_range = 16)`,
  );
};

exports.down = async knex => {
  await knex.raw('drop index charges_day');
  await knex.schema.dropTable('spend_months');
  await knex.schema.dropTable('next_spend_months');
};
