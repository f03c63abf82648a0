import type { Fact } from '@waymark/plugin-dora-node';
import type { ColumnType, CopyRow } from './binaryCopy';
import type { Located } from './FactStore';
import { onRestatement, type Part } from './upsert';

/** How one type of fact is stored. */
export type FactTable = {
  type: Fact['type'];
  name: string;
  toRow(located: Located): CopyRow;
  /** Takes the source and the rows as a JSON array. */
  upsert: string;
  /** Takes rows that are all new, with these columns, in the binary format. */
  copy: string;
  copied: Record<string, ColumnType>;
  /** Brings the facts of one component to others. Takes the one, and the others as an array. */
  move: string;
  /** Copies one fact to components that lack it. Takes the components as an array, and its id. */
  spread: string;
};

/** What imported lines are stored under. */
export const importSource = 'import';

const single = (columns: Record<string, ColumnType>): Part[] =>
  Object.entries(columns).map(([name, type]) => ({
    columns: { [name]: type },
  }));

/** The statements of a table. Rows are written in one order by everybody, so that no two wait for each other. */
function statementsOf(
  name: string,
  parts: Part[],
): Pick<FactTable, 'name' | 'upsert' | 'copy' | 'copied' | 'move' | 'spread'> {
  const own = Object.assign({}, ...parts.map(({ columns }) => columns));
  const columns: Record<string, ColumnType> = {
    external_id: 'text',
    ...own,
    observed_at: 'timestamptz',
  };
  const names = Object.keys(columns).join(', ');
  const typed = Object.entries(columns).map(entry => entry.join(' '));
  const copied: FactTable['copied'] = {
    source: 'text',
    service_id: 'int',
    ...columns,
  };
  return {
    name,
    copied,
    copy: `copy ${name} (${Object.keys(copied).join(
      ', ',
    )}) from stdin (format binary)`,
    upsert: `
      insert into ${name} as was (source, service_id, ${names})
      select ?, service_id, ${names}
      from json_to_recordset(?::json) as r(service_id int, ${typed.join(', ')})
      order by service_id, external_id collate "C"
      ${onRestatement(parts)}`,
    // One statement: what it takes away is exactly what it brings.
    move: `
      with moved as (delete from ${name} where service_id = ? returning *)
      insert into ${name} as was (service_id, source, said, ${names})
      select target, source, said, ${names}
      from moved cross join unnest(?::int[]) as target
      order by target, source, external_id collate "C"
      ${onRestatement(parts)}`,
    spread: `
      insert into ${name} (service_id, source, said, ${names})
      select target, source, said, ${names}
      from ${name} cross join unnest(?::int[]) as target
      where id = ?
      order by target`,
  };
}

function factOf<T extends Fact['type']>(
  located: Located,
  type: T,
): Extract<Fact, { type: T }> {
  if (located.fact.type !== type) {
    throw new TypeError(`A ${located.fact.type} is no ${type}`);
  }
  return located.fact as Extract<Fact, { type: T }>;
}

const common = (located: Located) => ({
  service_id: located.serviceId,
  external_id: located.fact.id,
  title: located.fact.title,
  url: located.fact.url,
  observed_at: located.fact.observedAt,
});

/** Deliveries each tell what they know, and the earliest is right; an import tells all there is. */
const earliest = (column: string) => (ordinary: string) =>
  `case when was.source = '${importSource}'
    then ${ordinary}
    else least(was.${column}, excluded.${column}) end`;

export const deploymentTable: FactTable = {
  type: 'deployment',
  toRow(located) {
    const fact = factOf(located, 'deployment');
    return {
      ...common(located),
      environment_id: located.environmentId,
      status: fact.status,
      started_at: fact.startedAt,
      finished_at: fact.finishedAt,
      sha: fact.sha?.toLowerCase(),
      commits: fact.commits?.map(sha => sha.toLowerCase()),
      ref: fact.ref,
      author: fact.author,
      kind: fact.kind,
    };
  },
  ...statementsOf('deployments', [
    ...single({
      environment_id: 'int',
      started_at: 'timestamptz',
      finished_at: 'timestamptz',
      sha: 'text',
      commits: 'text[]',
      ref: 'text',
      title: 'text',
      author: 'text',
      url: 'text',
      kind: 'text',
    }),
    // Of two statements of the same moment the one that says how it ended.
    { columns: { status: 'text' }, tie: `excluded.status <> 'pending'` },
  ]),
};

export const changeTable: FactTable = {
  type: 'change',
  toRow(located) {
    const fact = factOf(located, 'change');
    const authored = fact.commits?.map(({ authoredAt }) => authoredAt) ?? [];
    return {
      ...common(located),
      number: fact.number,
      author: fact.author,
      ref: fact.ref,
      first_commit_at:
        fact.firstCommitAt ??
        authored.reduce<string | undefined>(
          (first, at) =>
            first === undefined || Date.parse(at) < Date.parse(first)
              ? at
              : first,
          undefined,
        ),
      opened_at: fact.openedAt,
      first_review_at: fact.firstReviewAt,
      approved_at: fact.approvedAt,
      merged_at: fact.mergedAt,
      closed_at: fact.closedAt,
      reopened: fact.closedAt === null,
      merge_sha: fact.mergeSha?.toLowerCase(),
      commits: fact.commits?.map(({ sha }) => sha.toLowerCase()) ?? [],
      by_paths: located.byPaths ?? false,
    };
  },
  ...statementsOf('changes', [
    ...single({
      number: 'text',
      title: 'text',
      author: 'text',
      url: 'text',
      ref: 'text',
      first_commit_at: 'timestamptz',
      opened_at: 'timestamptz',
      approved_at: 'timestamptz',
      merged_at: 'timestamptz',
      merge_sha: 'text',
    }),
    {
      columns: { closed_at: 'timestamptz', reopened: 'boolean' },
      isSaid: row => `(${row}.closed_at is not null or ${row}.reopened)`,
    },
    // Deliveries each tell a part: every review, some of the commits. An import tells all there is.
    {
      columns: { first_review_at: 'timestamptz' },
      instead: earliest('first_review_at'),
    },
    {
      columns: { commits: 'text[]' },
      isSaid: row => `${row}.commits <> '{}'`,
      instead: ordinary => `case when was.source = '${importSource}'
        then ${ordinary}
        when excluded.commits <@ was.commits then was.commits
        else array(select distinct unnest(was.commits || excluded.commits) order by 1) end`,
    },
    {
      columns: { by_paths: 'boolean' },
      instead: () => 'was.by_paths or excluded.by_paths',
    },
  ]),
};

export const incidentTable: FactTable = {
  type: 'incident',
  toRow(located) {
    const fact = factOf(located, 'incident');
    const cause = fact.causedBy;
    return {
      ...common(located),
      severity: fact.severity,
      created_at: fact.createdAt,
      resolved_at: fact.resolvedAt,
      reopened: fact.resolvedAt === null,
      caused_by_deployment:
        cause && 'deployment' in cause ? cause.deployment : undefined,
      caused_by_sha:
        cause && 'sha' in cause ? cause.sha.toLowerCase() : undefined,
      change_related: fact.isChangeRelated,
    };
  },
  ...statementsOf('incidents', [
    ...single({
      severity: 'text',
      title: 'text',
      url: 'text',
      change_related: 'boolean',
    }),
    // Several deliveries may tell of one incident: the first to notice counts.
    {
      columns: { created_at: 'timestamptz' },
      instead: earliest('created_at'),
    },
    {
      columns: { resolved_at: 'timestamptz', reopened: 'boolean' },
      isSaid: row => `(${row}.resolved_at is not null or ${row}.reopened)`,
    },
    {
      columns: { caused_by_deployment: 'text', caused_by_sha: 'text' },
      isSaid: row =>
        `coalesce(${row}.caused_by_deployment, ${row}.caused_by_sha) is not null`,
    },
  ]),
};

/** All of them, in the order in which they are written. */
export const factTables = [deploymentTable, changeTable, incidentTable];
