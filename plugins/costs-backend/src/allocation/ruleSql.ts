import type { Rule } from '@waymark/plugin-costs-common';
import { isOneOf, saidByBill } from '../charges/conditions';
import { readDimension, readFilter } from '../charges/dimensions';
import { joined, plain, sql, value, type Sql } from '../charges/sql';
import type { DecisionTables } from './tables';

function said(name: string): Sql {
  return saidByBill(readDimension(name, 'value')) ?? plain('null::text');
}

/** Whether a rule is about an item at all. */
function concerns(rule: Rule): Sql {
  const conditions = rule.where
    ? readFilter(rule.where).map(({ dimension, values }) =>
        isOneOf(saidByBill(dimension) ?? plain('null::text'), values),
      )
    : [];
  if ('value' in rule) conditions.push(sql`${said(rule.value)} is not null`);
  return conditions.length > 0
    ? sql`(${joined(conditions, ' and ')})`
    : plain('true');
}

const lookup = (sort: string, name: string) =>
  sql`(select min(k.ref) from entity_keys k
    where k.sort = ${value(sort)} and k.value = lower(${said(name)}))`;

/** Who a rule itself says bears an item; nothing of one that looks into the catalog. */
function named(rule: Rule): Sql | undefined {
  switch (rule.by) {
    case 'map':
      return sql`(${value(JSON.stringify(rule.entities), 'jsonb')} ->> ${said(
        rule.value,
      )})`;
    case 'entity':
      return value(rule.entityRef, 'text');
    default:
      return undefined;
  }
}

/** For whom a rule takes an item; null when it is about it and finds nobody. Whoever it names may be gone since. */
function target(rule: Rule): Sql {
  switch (rule.by) {
    case 'name':
      return lookup(rule.kind, rule.value);
    case 'annotation':
      return lookup(rule.annotation, rule.value);
    default:
      return sql`(select e.ref from entities e where e.ref = ${
        named(rule) ?? plain('null')
      })`;
  }
}

/** Bills that are looked at, as a list of ids. */
const among = (bills: string[]) => sql`= any(${value(bills, 'bigint[]')})`;

/**
 * Why a rule that is about an item does not take it: a name that nobody has,
 * or somebody whom it names and who is gone. Both can be set right; a resource
 * id that nobody has says nothing, as everything has one.
 */
function reason(rule: Rule): Sql | undefined {
  const isName =
    rule.by === 'name' ||
    rule.by === 'map' ||
    (rule.by === 'annotation' && rule.value.startsWith('Tags/'));
  const whom = named(rule);
  const reasons = [
    ...(whom ? [sql`'entity=' || ${whom}`] : []),
    ...(isName
      ? [sql`${value(`${rule.value}=`, 'text')} || ${said(rule.value)}`]
      : []),
  ];
  return reasons.length > 0
    ? sql`coalesce(${joined(reasons, ', ')})`
    : undefined;
}

/**
 * Finds for each item of bills the first rule that takes it. One that is
 * about it and finds nobody is remembered as the cause, if no later one takes it.
 */
export function allocateItems(
  rules: Rule[],
  bills: string[],
  tables: DecisionTables,
): Sql {
  const taking = rules.map((rule, index) => {
    const takes =
      rule.by === 'share'
        ? concerns(rule)
        : sql`${concerns(rule)} and ${target(rule)} is not null`;
    return sql`when ${takes} then ${plain(String(index))}`;
  });
  const targets = rules.map(
    (rule, index) => sql`when ${plain(String(index))} then ${target(rule)}`,
  );
  const causes = rules.flatMap(rule => {
    const why = reason(rule);
    return why ? [sql`when ${concerns(rule)} then ${why}`] : [];
  });
  const orNull = (head: Sql, cases: Sql[]) =>
    cases.length > 0 ? sql`${head} ${joined(cases, ' ')} end` : plain('null');
  const shared = rules.flatMap(({ by }, index) =>
    by === 'share' ? [index] : [],
  );
  return sql`
    insert into ${plain(
      tables.allocations,
    )} (bill_id, item_id, part, rule, entity_ref, cause)
    select bill_id, id,
      case when place is null then 'unallocated'
        when place = any(${value(shared, 'int[]')}) then 'shared'
        else 'allocated' end,
      (${value(
        rules.map(({ id }) => id),
        'text[]',
      )})[place + 1],
      entity_ref, case when place is null then cause end
    from (
      select i.bill_id, i.id, p.place,
        ${orNull(plain('case p.place'), targets)}::text as entity_ref,
        ${orNull(plain('case'), causes)}::text as cause
      from bills b
      join items i on i.bill_id = b.id
      cross join lateral (
        select ${orNull(plain('case'), taking)}::int as place
      ) p
      where b.id ${among(bills)}
    ) found`;
}

/** What a charge of an item that a rule shares out weighs, by what its bearers use themselves. */
const use = (allocations: Sql) => sql`
  select a.bill_id, i."BillingCurrency" as currency, a.entity_ref,
    greatest(sum(c."EffectiveCost"), 0) as weight
  from ${allocations} a
  join items i on i.bill_id = a.bill_id and i.id = a.item_id
  join charges c on c.bill_id = a.bill_id and c.item_id = a.item_id
  where a.part = 'allocated' and a.bill_id`;

/** Finds who bears what a rule shares out, of those who are there. */
export function findShares(
  rule: Extract<Rule, { by: 'share' }>,
  bills: string[],
  tables: DecisionTables,
): Sql {
  const allocations = plain(tables.allocations);
  const fixed = Object.entries(rule.shares ?? {});
  const used = sql`${use(allocations)} ${among(bills)} group by 1, 2, 3`;
  const currencies = sql`
    select distinct a.bill_id, i."BillingCurrency" as currency
    from ${allocations} a
    join items i on i.bill_id = a.bill_id and i.id = a.item_id
    where a.bill_id ${among(bills)} and a.rule = ${value(rule.id)}`;
  const bearers = rule.among
    ? sql`and u.entity_ref = any(${value(rule.among, 'text[]')})`
    : plain('');
  let weights: Sql;
  if (rule.split === 'fixed') {
    weights = sql`
      select f.entity_ref, f.weight
      from unnest(${value(
        fixed.map(([ref]) => ref),
        'text[]',
      )}, ${value(
      fixed.map(([, share]) => share),
      'numeric[]',
    )}) as f(entity_ref, weight)
      join entities e on e.ref = f.entity_ref`;
  } else if (rule.split === 'even' && rule.among) {
    weights = sql`
      select e.ref as entity_ref, 1::numeric as weight
      from entities e where e.ref = any(${value(rule.among, 'text[]')})`;
  } else {
    weights = sql`
      select u.entity_ref, ${plain(
        rule.split === 'even' ? '1::numeric' : 'u.weight',
      )} as weight
      from used u
      where u.bill_id = c.bill_id and u.currency = c.currency ${bearers}`;
  }
  return sql`
    insert into ${plain(
      tables.shares,
    )} (bill_id, rule, currency, entity_ref, before, upto, total)
    with used as (${used}), weighed as (
      select c.bill_id, c.currency, w.entity_ref, w.weight
      from (${currencies}) c cross join lateral (${weights}) w
      where w.weight > 0
    )
    select bill_id, ${value(rule.id)}, currency, entity_ref,
      sum(weight) over (partition by bill_id, currency order by entity_ref) - weight,
      sum(weight) over (partition by bill_id, currency order by entity_ref),
      sum(weight) over (partition by bill_id, currency)
    from weighed`;
}
