import type { DeploymentFact } from '@waymark/plugin-dora-node';
import type { HistoricChange } from './changes';
import { mainLineOf } from './changes';
import type { Commit, GitHistory, Tag } from './gitHistory';

/** A deployment without what every fact of a history has in common. */
export type HistoricDeployment = Pick<
  DeploymentFact,
  'id' | 'finishedAt' | 'sha' | 'commits' | 'ref' | 'title' | 'author' | 'kind'
>;

const day = 86_400_000;
const iso = (instant: number) => new Date(instant).toISOString();

/** A range longer than this is a beginning, not a release. */
const longestRange = 10_000;

/** A name that ends in a version: `v1.4.0`, `1.4`, `orders@2.0.1`, `release-3.2`. */
const versioned = /(?:^|[^0-9a-z.])v?(\d+)\.(\d+)(?:\.(\d+))?(?:\.\d+)?$/i;
const preRelease =
  /[-._]?(alpha|beta|rc|pre|preview|dev|snapshot|canary|nightly|next|milestone)[-._]?\d*/i;
const hotfixName = /(^|[\s/_.-])hot-?fix([\s/_.:-]|\d|$)/i;
const fixSubject = /^(hot-?)?(bug)?fix(es|ed)?\b|^revert\b/i;

type Release = Tag & { commit: Commit; at: number };

/** A glob with `*` for any characters, of tag names. */
function matcherOf(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) {
    return name => versioned.test(name) && !preRelease.test(name);
  }
  const expression = new RegExp(
    `^${pattern
      .split(/\*+/)
      .map(piece => piece.replace(/[\\^$.+?()|[\]{}]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
  return name => expression.test(name);
}

/** The tags that are releases, oldest first; of several at one commit the first. */
function releasesOf(
  { tags, commits }: GitHistory,
  pattern: string | undefined,
): Release[] {
  const matches = matcherOf(pattern);
  const found = new Map<string, Release>();
  const candidates = tags
    .filter(({ name }) => matches(name))
    .flatMap(tag => {
      const commit = commits.get(tag.sha);
      // Whoever tags an old commit later deploys it later; a clock that goes wrong does not make it earlier.
      return commit
        ? [{ ...tag, commit, at: Math.max(tag.createdAt, commit.committedAt) }]
        : [];
    })
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  for (const release of candidates) {
    if (!found.has(release.sha)) found.set(release.sha, release);
  }
  return [...found.values()];
}

/** What is reachable from a commit and was not seen before. Marks it as seen. */
function reach(
  from: string,
  commits: ReadonlyMap<string, Commit>,
  seen: Set<string>,
): Commit[] {
  const found: Commit[] = [];
  const waiting = [from];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = seen.has(sha) ? undefined : commits.get(sha);
    if (!commit) continue;
    seen.add(sha);
    found.push(commit);
    waiting.push(...commit.parents);
  }
  return found;
}

const isPatch = (name: string) => Number(name.match(versioned)?.[3] ?? 0) > 0;

/** Why a release was unplanned, as far as Git knows. */
function hotfixReason(
  release: Release,
  context: {
    before: Release | undefined;
    range: Commit[];
    onMainLine: boolean;
  },
): string | undefined {
  const { before, range, onMainLine } = context;
  if (hotfixName.test(release.name)) return 'it is named a hotfix';
  if (!before || !isPatch(release.name)) return undefined;
  if (!onMainLine) return 'a patch release made beside the main branch';
  const plain = range.filter(({ parents }) => parents.length < 2);
  const onlyFixes =
    plain.length > 0 && plain.every(({ subject }) => fixSubject.test(subject));
  return onlyFixes && release.at - before.at < day
    ? `a patch release of nothing but fixes within a day of ${before.name}`
    : undefined;
}

/**
 * The releases of a history as deployments, oldest first.
 *
 * @param pattern - which tags are releases, with `*` for any characters; without it those that end in a version and are no pre-releases
 */
export function releasedBy(
  history: GitHistory,
  pattern: string | undefined,
): HistoricDeployment[] {
  const mainLine = new Set(mainLineOf(history).map(({ sha }) => sha));
  const seen = new Set<string>();
  const releases = releasesOf(history, pattern);
  return releases.map((release, index) => {
    const range = reach(release.sha, history.commits, seen);
    const reason = hotfixReason(release, {
      before: releases[index - 1],
      range,
      onMainLine: mainLine.has(release.sha),
    });
    return {
      id: `tag:${release.name}`,
      finishedAt: iso(release.at),
      sha: release.sha,
      ref: release.name,
      title: reason ? `${release.name} (${reason})` : release.name,
      author: release.commit.author || undefined,
      ...(range.length <= longestRange && {
        commits: range.map(({ sha }) => sha),
      }),
      ...(reason && { kind: 'hotfix' as const }),
    };
  });
}

/** Every landing on the main branch as a deployment of its own, for what is deployed continuously. */
export function landedBy(changes: HistoricChange[]): HistoricDeployment[] {
  return changes.map(({ mergeSha, mergedAt, title, author, ref, commits }) => ({
    id: `landing:${mergeSha}`,
    finishedAt: mergedAt,
    sha: mergeSha,
    ref,
    title,
    author,
    commits: [
      ...(mergeSha ? [mergeSha] : []),
      ...(commits ?? []).map(({ sha }) => sha),
    ],
  }));
}
