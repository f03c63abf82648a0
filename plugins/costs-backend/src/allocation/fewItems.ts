import type { Condition } from '../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../charges/sql';
import { ofShares } from './spend';
import { countingTables } from './tables';

/** Which charges are asked for. */
export type Among = { from: string; to: string; conditions: Condition[] };

/** Levels that hold few items each. */
const smallLevels: Record<string, string> = {
  component: 'n.component',
  system: 'n.system',
};

/**
 * What holds of the allocation `a` of every item with a charge that is chosen.
 * More may pass: who bears a part of what is shared is not looked at here.
 */
function ofItem({ dimension, values }: Condition): Sql | undefined {
  if (values.includes(null)) return undefined;
  if (dimension.kind === 'allocation' && !values.includes('allocated')) {
    // What is shared among nobody is nobody's.
    return sql`a.part = any(${value([...values, 'shared'])})`;
  }
  // Only what nobody bears has one.
  if (dimension.kind === 'cause') return plain(`a.part <> 'allocated'`);
  if (dimension.kind !== 'owner') return undefined;
  if (dimension.level === 'entity') {
    return sql`(a.part = 'shared' or a.entity_ref = any(${value(values)}))`;
  }
  const column = smallLevels[dimension.level];
  return column
    ? sql`(a.part = 'shared' or a.entity_ref in (
        select n.ref from entities n where ${plain(column)} = any(${value(
        values,
      )})))`
    : undefined;
}

/**
 * Charges as {@link allocatedCharges} has them, found by their items: of a
 * month some items are asked for, and the charges of all others are not read.
 * The database cannot know how few they are, and is left no choice.
 *
 * @returns nothing where the conditions choose many items
 */
export function chargesOfFewItems(among: Among): Sql | undefined {
  const chosen = among.conditions.flatMap(one => ofItem(one) ?? []);
  if (chosen.length === 0) return undefined;
  const { allocations } = countingTables;
  return sql`bills b
    cross join lateral (
      select * from ${plain(allocations)} a
      where a.bill_id = b.id and ${joined(chosen, ' and ')} offset 0
    ) a
    join items i on i.bill_id = a.bill_id and i.id = a.item_id
    cross join lateral (
      select * from charges c
      where c.bill_id = a.bill_id and c.item_id = a.item_id
        and c.day >= ${value(among.from, 'date')}
        and c.day < ${value(among.to, 'date')} offset 0
    ) c
    ${ofShares(countingTables)}`;
}
