import type {
  Report,
  ReportDelivery,
} from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import { folderOf } from '../PullRequests';
import { instant, placeOf, readBody } from './reading';

const commit = z.string().regex(/^[0-9a-f]{40}$/);

/** What GitHub sends when something happens to a pull request. */
const githubEvent = z.object({
  repository: z.object({ name: z.string() }),
  pull_request: z.object({
    number: z.number(),
    state: z.string(),
    merged: z.boolean().nullish(),
    merge_commit_sha: commit.nullish(),
    updated_at: instant,
    head: z.object({ ref: z.string(), sha: commit }),
  }),
});

/** What GitLab sends when something happens to a merge request. */
const gitlabEvent = z.object({
  project: z.object({ path_with_namespace: z.string() }),
  object_attributes: z.object({
    iid: z.number(),
    state: z.string(),
    source_branch: z.string(),
    merge_commit_sha: commit.nullish(),
    updated_at: z
      .string()
      // GitLab writes "2026-11-29 07:00:00 UTC", too.
      .transform(text => text.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z'))
      .pipe(instant),
    last_commit: z.object({ id: commit }),
  }),
});

/** A pull or merge request, however its host calls it. */
type Request = {
  repository: string;
  title: string;
  branch: string;
  head: string;
  state: 'open' | 'merged' | 'closed';
  merge?: string | null;
  at: string;
};

function readGithub(body: Buffer): Request {
  const { pull_request: told, repository } = readBody(
    body,
    githubEvent,
    'GitHub',
  );
  const ended = told.merged ? 'merged' : 'closed';
  return {
    repository: repository.name,
    title: `Pull request ${told.number}`,
    branch: told.head.ref,
    head: told.head.sha,
    state: told.state === 'open' ? 'open' : ended,
    merge: told.merge_commit_sha,
    at: told.updated_at,
  };
}

function readGitlab(body: Buffer): Request {
  const { object_attributes: told, project } = readBody(
    body,
    gitlabEvent,
    'GitLab',
  );
  const ended = told.state === 'merged' ? 'merged' : 'closed';
  return {
    repository: project.path_with_namespace.replace(/^.*\//, ''),
    title: `Merge request ${told.iid}`,
    branch: told.source_branch,
    head: told.last_commit.id,
    state: told.state === 'opened' ? 'open' : ended,
    merge: told.merge_commit_sha,
    at: told.updated_at,
  };
}

/** The hosts whose webhooks are heard. */
export const hosts = {
  github: {
    header: 'x-github-event',
    event: 'pull_request',
    read: readGithub,
  },
  gitlab: {
    header: 'x-gitlab-event',
    event: 'Merge Request Hook',
    read: readGitlab,
  },
} as const;

function messageOf({ title, state, merge }: Request): string {
  if (state === 'open') return `${title} is open.`;
  if (state === 'merged') {
    const as = merge ? ` as ${merge.slice(0, 10)}` : '';
    return `${title} was merged${as}; a cluster has yet to report.`;
  }
  return `${title} was closed without being merged, so nothing was changed. Trying again asks for it anew.`;
}

const states = {
  open: 'working',
  merged: 'working',
  closed: 'failed',
} as const;

/** How a report on a pull or merge request names what it looked at. */
const revisionOf = ({ branch, head }: Request) => `${branch}@${head}`;

/** The branch and the commit in such a revision; undefined for that of a commit. */
export function proposedIn(
  revision: string,
): { branch: string; head: string } | undefined {
  const [, branch, head] = /^(.+)@([0-9a-f]{40})$/.exec(revision) ?? [];
  return branch && head ? { branch, head } : undefined;
}

/**
 * How a pull or merge request of ours fares; other things are of no interest.
 *
 * @param repositories - by the name on the host, the name in the configuration
 */
export function readPullRequest(
  sender: keyof typeof hosts,
  { headers, body }: ReportDelivery,
  repositories: ReadonlyMap<string, string>,
): Report | undefined {
  const { header, event, read } = hosts[sender];
  if (headers[header] !== event) return undefined;
  const request = read(body);
  const repository = repositories.get(request.repository);
  const folder = folderOf(request.branch);
  if (!repository || !folder) return undefined;
  return {
    place: placeOf(repository, folder),
    revision: revisionOf(request),
    state: states[request.state],
    message: messageOf(request),
    at: request.at,
  };
}
