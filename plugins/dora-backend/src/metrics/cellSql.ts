import { placementColumns } from './levels';
import type { Parts } from './Part';
import type { Interval } from './period';

/** Parts as rows of key, scope and the numbers of the periods asked for, for SQL to join. */
export function scopeRows({ parts }: Parts): string {
  return JSON.stringify(
    parts.flatMap(({ key, ids, asked }) => ids.map(id => ({ key, id, asked }))),
  );
}

/** Common table expression: the parts. */
export const wanted = `
  wanted as (
    select * from jsonb_to_recordset(:scopes::jsonb)
      as r(key text, id int, asked int[])
  )`;

/** Whether a row of `wanted` or `places` is asked for the period of a number. */
export const isAsked = (row: string, number: string) =>
  `(${row}.asked is null or ${number} = any(${row}.asked))`;

/** Periods as rows of number, beginning and end. */
export function intervalRows(
  intervals: (Interval & { index: number })[],
): string {
  return JSON.stringify(
    intervals.map(({ index, from, to }) => ({
      i: index,
      f: new Date(from).toISOString(),
      t: new Date(to).toISOString(),
    })),
  );
}

/** Common table expressions: the places of each part, and the periods. */
export const placesAndIntervals = (parts: Parts) => `
  ${wanted},
  places as (
    select w.key, w.asked, p.id as placement_id
    from wanted w join placements p on ${placementColumns[parts.level]} = w.id
  ),
  intervals as (
    select * from jsonb_to_recordset(:intervals::jsonb)
      as r(i int, f timestamptz, t timestamptz)
  )`;

/**
 * Keeps a subquery from being joined as a whole: it is looked up in an index
 * for each row beside it. The planner does not know how few rows a JSON array
 * holds, and would rather read all of a table.
 */
export const perRow = 'offset 0';

/** Common table expression: which outcomes lie in the periods, as \`found\` by key and number. */
export const outcomesInIntervals = (
  parts: Parts,
  { columns }: { columns: string },
) => {
  const outcomes = (place: string) => `
    select ${columns} from outcomes
    where ${place} environment_id = :environment
      and at >= e.f and at < e.t
    ${perRow}`;
  if (parts.level === 'organisation') {
    return `
    found as (
      select (select key from wanted) as key, e.i, o.*
      from intervals e cross join lateral (${outcomes('')}) o
    )`;
  }
  // What all parts together are nearly everything of is read once, not once for each place.
  return parts.everywhere
    ? `
    found as (
      select w.key, o.*
      from (
        select e.i, o.* from intervals e
        cross join lateral (${outcomes('')}) o
      ) o
      join placements p on p.id = o.placement_id
      join wanted w on w.id = ${placementColumns[parts.level]}
        and ${isAsked('w', 'o.i')}
    )`
    : `
    found as (
      select p.key, e.i, o.*
      from intervals e join places p on ${isAsked('p', 'e.i')}
      cross join lateral (${outcomes('placement_id = p.placement_id and')}) o
    )`;
};
