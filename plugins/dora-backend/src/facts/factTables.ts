import type { Fact } from '@waymark/plugin-dora-node';
import type { Located } from './FactStore';

/** How one type of fact is stored. */
export type FactTable = {
  type: Fact['type'];
  toRow(located: Located): object;
  /** Takes the source and the rows as a JSON array. */
  upsert: string;
};

/** What imported lines are stored under. */
export const importSource = 'import';

const laterWins = (column: string) =>
  `case when excluded.observed_at >= was.observed_at
    then coalesce(excluded.${column}, was.${column})
    else coalesce(was.${column}, excluded.${column}) end`;

/**
 * An upsert that does not depend on the order in which statements about the
 * same fact arrive: the later statement wins, and what it does not say is
 * kept from the earlier one.
 *
 * @param columns - with their types; all may be left unsaid
 * @param special - columns that are decided otherwise, as SQL of `was` and `said`
 */
function upsertOf(
  table: string,
  columns: Record<string, string>,
  special: Record<string, string> = {},
): string {
  const all = {
    service_id: 'int',
    external_id: 'text',
    ...columns,
    observed_at: 'timestamptz',
  };
  const names = Object.keys(all);
  const sets = Object.keys(columns).map(
    name => `${name} = ${special[name] ?? laterWins(name)}`,
  );
  return `
    insert into ${table} as was (source, ${names.join(', ')})
    select ?, ${names.join(', ')}
    from jsonb_to_recordset(?::jsonb) as r(${Object.entries(all)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})
    on conflict (service_id, source, external_id) do update set
      ${sets.join(', ')},
      observed_at = greatest(was.observed_at, excluded.observed_at)`;
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
  upsert: upsertOf(
    'deployments',
    {
      environment_id: 'smallint',
      status: 'text',
      started_at: 'timestamptz',
      finished_at: 'timestamptz',
      sha: 'text',
      commits: 'text[]',
      ref: 'text',
      title: 'text',
      author: 'text',
      url: 'text',
      kind: 'text',
    },
    {
      // Of two statements of the same moment the one that says how it ended.
      status: `case when excluded.observed_at > was.observed_at
          or (excluded.observed_at = was.observed_at and excluded.status <> 'pending')
        then excluded.status else was.status end`,
    },
  ),
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
      merge_sha: fact.mergeSha?.toLowerCase(),
      commits: fact.commits?.map(({ sha }) => sha.toLowerCase()) ?? [],
    };
  },
  upsert: upsertOf(
    'changes',
    {
      number: 'text',
      title: 'text',
      author: 'text',
      url: 'text',
      ref: 'text',
      first_commit_at: 'timestamptz',
      opened_at: 'timestamptz',
      first_review_at: 'timestamptz',
      approved_at: 'timestamptz',
      merged_at: 'timestamptz',
      merge_sha: 'text',
      commits: 'text[]',
    },
    {
      // Deliveries each tell a part: every review, some of the commits. An import tells all there is.
      first_review_at: `case when was.source = '${importSource}'
        then ${laterWins('first_review_at')}
        else least(was.first_review_at, excluded.first_review_at) end`,
      commits: `case when was.source = '${importSource}' then excluded.commits
        when excluded.commits <@ was.commits then was.commits
        else array(select distinct unnest(was.commits || excluded.commits) order by 1) end`,
    },
  ),
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
  upsert: upsertOf(
    'incidents',
    {
      severity: 'text',
      title: 'text',
      url: 'text',
      created_at: 'timestamptz',
      resolved_at: 'timestamptz',
      reopened: 'boolean',
      caused_by_deployment: 'text',
      caused_by_sha: 'text',
      change_related: 'boolean',
    },
    {
      // Several systems may tell of one incident: the first to notice counts.
      created_at: `case when was.source = '${importSource}'
        then ${laterWins('created_at')}
        else least(was.created_at, excluded.created_at) end`,
      reopened: `case when excluded.observed_at >= was.observed_at
          and (excluded.reopened or excluded.resolved_at is not null)
        then excluded.reopened else was.reopened end`,
      resolved_at: `case
        when excluded.observed_at >= was.observed_at and excluded.reopened then null
        when excluded.observed_at >= was.observed_at
          then coalesce(excluded.resolved_at, was.resolved_at)
        when was.reopened then was.resolved_at
        else coalesce(was.resolved_at, excluded.resolved_at) end`,
    },
  ),
};
