import type { ColumnType } from './binaryCopy';

/** Columns that are said together: a later statement replaces all of them. */
export type Part = {
  /** With their types. */
  columns: Record<string, ColumnType>;
  /** Whether a statement says it, as SQL; by default when its column is not null. */
  isSaid?: (row: string) => string;
  /** Which of two statements of the same moment wins, as SQL; the one that arrives later when absent. */
  tie?: string;
  /** How a column is decided instead, as SQL that has the ordinary decision at hand. */
  instead?: (ordinary: string) => string;
};

const names = ({ columns }: Part) => Object.keys(columns);
const keyOf = (part: Part) => names(part)[0];

const said = (part: Part, row: string) =>
  part.isSaid?.(row) ?? `${row}.${keyOf(part)} is not null`;

/** When a row last said something: what is older than the latest statement is in `said`. */
const toldAt = (part: Part, row: string) =>
  `coalesce((${row}.said ->> '${keyOf(
    part,
  )}')::timestamptz, ${row}.observed_at)`;

const wins = (part: Part) => {
  const [then, now] = [toldAt(part, 'was'), toldAt(part, 'excluded')];
  return `(${said(part, 'excluded')} and (not (${said(part, 'was')})
    or ${now} > ${then} or (${now} = ${then} and ${part.tie ?? 'true'})))`;
};

const latest = 'greatest(was.observed_at, excluded.observed_at)';

/** The moment a part was said, when that is not the moment of the latest statement. */
function staleMoment(part: Part): string {
  const at = `case when ${wins(part)} then ${toldAt(part, 'excluded')}
    when ${said(part, 'was')} then ${toldAt(part, 'was')} end`;
  return `'${keyOf(part)}', nullif(${at}, ${latest})`;
}

/**
 * What an upsert does with a fact that is there already. It does not depend
 * on the order in which statements about the same fact arrive: of every part
 * the latest statement wins, and what none says stays unknown.
 */
export function onRestatement(parts: Part[]): string {
  const sets = parts.flatMap(part =>
    names(part).map(name => {
      const ordinary = `case when ${wins(
        part,
      )} then excluded.${name} else was.${name} end`;
      return `${name} = ${part.instead?.(ordinary) ?? ordinary}`;
    }),
  );
  return `on conflict (service_id, source, external_id) do update set
    ${sets.join(', ')},
    said = nullif(jsonb_strip_nulls(jsonb_build_object(${parts
      .map(staleMoment)
      .join(', ')})), '{}'),
    observed_at = ${latest}`;
}
