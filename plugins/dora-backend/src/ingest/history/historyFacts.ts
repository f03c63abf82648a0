import type { Fact } from '@waymark/plugin-dora-node';
import { changesOf } from './changes';
import { landedBy, releasedBy, type HistoricDeployment } from './deployments';
import type { GitHistory } from './gitHistory';

/** What of a history counts as a deployment, and which part of it is taken. */
export type HistoryOptions = {
  /** `tags`: releases. `landings`: all that lands on the main branch. `none`: changes alone. */
  deployments: 'tags' | 'landings' | 'none';
  /** Which tags are releases, with `*` for any characters. */
  tags?: string;
  environment: string;
  /** The part of the history that is taken, as ISO 8601 instants; its end is not part of it. */
  since?: string;
  until?: string;
};

/** What a history was found to hold. */
export type HistoryFacts = {
  facts: Fact[];
  summary: {
    commits: number;
    tags: number;
    changes: number;
    deployments: number;
    reverts: number;
    hotfixes: number;
    /** The first and the last instant of what was taken. */
    from?: string;
    to?: string;
    /** What to know about the result, and what to do about it. */
    notes: string[];
  };
};

function notesOf(
  options: HistoryOptions,
  found: { tags: number; changes: number; deployments: number },
): string[] {
  const { deployments, tags } = options;
  if (deployments === 'none') {
    return [
      'No deployments were taken, so no change has reached anything yet.',
    ];
  }
  if (found.deployments > 0 || found.changes === 0) return [];
  if (found.tags === 0) {
    return [
      'The repository has no tags, so nothing says when it was released. If all that lands on its main branch is deployed, choose landings for deployments.',
    ];
  }
  return [
    tags === undefined
      ? `None of the ${found.tags} tags ends in a version within the time asked for. Say with tags which of them are releases.`
      : `None of the ${found.tags} tags within the time asked for is like ${tags}.`,
  ];
}

function deploymentsOf(
  history: GitHistory,
  options: HistoryOptions,
  changes: ReturnType<typeof changesOf>,
): HistoricDeployment[] {
  switch (options.deployments) {
    case 'tags':
      return releasedBy(history, options.tags);
    case 'landings':
      return landedBy(changes);
    default:
      return [];
  }
}

/**
 * What a history says of deployments and changes. A pure function: the same
 * history gives the same facts under the same ids, so that it can be brought
 * again.
 *
 * @param service - the entity it belongs to
 * @param observedAt - when it was read
 * @param repositoryUrl - the page of the repository, for links to its commits
 */
export function historyFacts(
  history: GitHistory,
  options: HistoryOptions,
  about: { service: string; observedAt: string; repositoryUrl?: string },
): HistoryFacts {
  const { service, observedAt, repositoryUrl } = about;
  const since = options.since ? Date.parse(options.since) : -Infinity;
  const until = options.until ? Date.parse(options.until) : Infinity;
  const within = (instant: string | undefined) => {
    const at = Date.parse(instant ?? '');
    return at >= since && at < until;
  };
  const common = (sha: string | undefined) => ({
    service: { entity: service },
    observedAt,
    ...(repositoryUrl && sha && { url: `${repositoryUrl}/commit/${sha}` }),
  });

  const all = changesOf(history);
  const changes = all.filter(({ mergedAt }) => within(mergedAt));
  const deployments = deploymentsOf(history, options, all).filter(
    ({ finishedAt }) => within(finishedAt),
  );
  const instants = [
    ...changes.map(({ mergedAt }) => mergedAt),
    ...deployments.map(({ finishedAt }) => finishedAt),
  ].flatMap(instant => instant ?? []);
  instants.sort();
  return {
    facts: [
      ...changes.map(change => ({
        type: 'change' as const,
        ...common(change.mergeSha),
        ...change,
      })),
      ...deployments.map(deployment => ({
        type: 'deployment' as const,
        environment: options.environment,
        status: 'success' as const,
        ...common(deployment.sha),
        ...deployment,
      })),
    ],
    summary: {
      commits: history.commits.size,
      tags: history.tags.length,
      changes: changes.length,
      deployments: deployments.length,
      reverts: changes.filter(({ title }) => /^revert\b/i.test(title ?? ''))
        .length,
      hotfixes: deployments.filter(({ kind }) => kind === 'hotfix').length,
      from: instants[0],
      to: instants.at(-1),
      notes: notesOf(options, {
        tags: history.tags.length,
        changes: changes.length,
        deployments: deployments.length,
      }),
    },
  };
}
