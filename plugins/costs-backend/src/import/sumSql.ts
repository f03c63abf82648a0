import { focusDimensions, measures } from '@waymark/plugin-costs-common';
import { named } from './Duck';
import { textOf } from './focusSql';

/** The columns that stand for themselves in the file of items. */
export const itemColumns = [...focusDimensions, 'Tags'];

/** What is summed up beside costs. */
export const quantities = ['ConsumedQuantity', 'PricingQuantity'];

/** All that says what a charge is for. */
export const said = itemColumns.map(named).join(', ');

/** A number for what a charge is for, as a signed one. */
export const itemNumber = `cast(cast(hash(${said}) as hugeint) - 9223372036854775808 as bigint)`;

const sums = [...measures, ...quantities].map(
  name => `sum(${named(name)}) as ${named(name)}`,
);

/** Sums up rows as they are written: there are many of them, and few that say something else. */
const sumUpAsWritten = (rows: string) => `
  select ${said}, period, day, max(period_end) as period_end,
    count(*) as rows, count(failed) as failed,
    ${[
      ...sums,
      ...measures.map(
        name => `count(*) - count(${named(name)}) as ${named(`no${name}`)}`,
      ),
    ].join(', ')}
  from (${rows}) group by ${said}, period, day`;

/**
 * Sums up the rows of a day that say the same.
 *
 * @param rows - with their texts as they are written, and numbers and days
 */
export const sumUp = (rows: string): string => `
  select ${itemColumns
    .map(name => `${textOf(named(name))} as ${named(name)}`)
    .join(', ')},
    period, day, max(period_end) as period_end,
    sum(rows)::bigint as rows, sum(failed)::bigint as failed,
    ${[
      ...measures.flatMap(name => [
        `coalesce(sum(${named(name)}), 0) as ${named(name)}`,
        `sum(${named(`no${name}`)})::bigint as ${named(`no${name}`)}`,
      ]),
      ...quantities.map(name => `sum(${named(name)}) as ${named(name)}`),
    ].join(', ')}
  from (${sumUpAsWritten(rows)}) group by all`;
