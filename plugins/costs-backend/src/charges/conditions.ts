import type { Condition, Dimension } from './dimensions';
import { joined, plain, sql, value, type Sql } from './sql';

/**
 * What a charge says of a dimension, with its bill as `b` and its item as `i`.
 * Nothing for what is not said by bills but by the catalog and rules.
 */
export function saidByBill(dimension: Dimension): Sql | undefined {
  switch (dimension.kind) {
    case 'column':
      return plain(`i."${dimension.name}"`);
    case 'tag':
      return sql`(i."Tags" ->> ${value(dimension.key)})`;
    case 'source':
      return plain('b.source');
    case 'period':
      return plain('b.period_start::text');
    default:
      return undefined;
  }
}

/** Whether something has one of the values of a condition. */
export function isOneOf(said: Sql, values: Condition['values']): Sql {
  const named = values.filter(one => one !== null);
  const choices = [
    ...(named.length > 0 ? [sql`${said} = any(${value(named)})`] : []),
    ...(named.length < values.length ? [sql`${said} is null`] : []),
  ];
  return sql`(${joined(choices, ' or ')})`;
}
