import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import path from 'node:path';

/** A repository that manifests are committed to; `config.d.ts` describes each key. */
export type RepositorySettings = {
  name: string;
  remote: string;
  create: boolean;
  branch: string;
  /** Without slashes at its ends; empty for the top. */
  path: string;
  credentials?: { username: string; password: string };
  /** Whether a cluster takes up what is committed, and reports. */
  reconciled: boolean;
  /** People merge what is to be committed. */
  pullRequests?: PullRequestSettings;
  commitUrl?: string;
  author: { name: string; email: string };
};

/** How people are asked to merge. */
export type PullRequestSettings = {
  /** Name of the repository on the portal's host of repositories. */
  repository: string;
  patienceMs: number;
};

/** What `infrastructure.gitops` says. */
export type GitopsSettings = {
  modules: string;
  workFolder: string;
  repositories: RepositorySettings[];
  reports: Record<Sender, { secrets: string[] }>;
};

/** What reports: Argo CD and Flux on commits, the others on pull and merge requests. */
export const senders = ['argocd', 'flux', 'github', 'gitlab'] as const;
/** {@inheritDoc senders} */
export type Sender = (typeof senders)[number];

const fortnight = { days: 14 };

const branchPattern = /^[A-Za-z0-9]+([._/-][A-Za-z0-9]+)*$/;
const pathPattern =
  /^([A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?$/;

function matching(text: string, pattern: RegExp, key: string): string {
  if (pattern.test(text)) return text;
  throw new InputError(`${key} is "${text}", which is not what it has to be`);
}

function readPullRequests(config: Config): PullRequestSettings {
  return {
    repository: config.getString('repository'),
    patienceMs: durationToMilliseconds(
      config.has('patience')
        ? readDurationFromConfig(config, { key: 'patience' })
        : fortnight,
    ),
  };
}

function readRepository(name: string, config: Config): RepositorySettings {
  const at = `infrastructure.gitops.repositories.${name}`;
  const given = config.getString('remote');
  if (/^[a-z+]+:\/\/[^/]*@/.test(given)) {
    throw new InputError(
      `${at}.remote holds credentials; give them as username and password`,
    );
  }
  const isPath = !/^([a-z+]+:\/\/|[^/]+:)/.test(given);
  const password = config.getOptionalString('password');
  if (password && !/^https?:\/\//.test(given)) {
    throw new InputError(`${at}.password is for HTTPS alone`);
  }
  const author = config.getOptionalConfig('author');
  const pullRequests = config.getOptionalConfig('pullRequests');
  const create = config.getOptionalBoolean('create') ?? false;
  const reconciled = config.getOptionalBoolean('reconciled') ?? true;
  if (!reconciled && pullRequests) {
    throw new InputError(
      `${at}.reconciled is false, so the commit ends a request; with pullRequests people commit, and nobody would wait for them`,
    );
  }
  if (create && !isPath) {
    throw new InputError(`${at}.create is for the path of a repository alone`);
  }
  return {
    name,
    remote: isPath ? path.resolve(given) : given,
    create,
    branch: matching(
      config.getOptionalString('branch') ?? 'main',
      branchPattern,
      `${at}.branch`,
    ),
    path: matching(
      (config.getOptionalString('path') ?? '').replace(/^\/+|\/+$/g, ''),
      pathPattern,
      `${at}.path`,
    ),
    reconciled,
    ...(password && {
      credentials: {
        username: config.getOptionalString('username') ?? 'waymark',
        password,
      },
    }),
    ...(pullRequests && { pullRequests: readPullRequests(pullRequests) }),
    commitUrl: config.getOptionalString('commitUrl'),
    author: {
      name: author?.getString('name') ?? 'Waymark',
      email: author?.getString('email') ?? 'waymark@localhost',
    },
  };
}

/** Reads `infrastructure.gitops`. */
export function readGitopsSettings(root: RootConfigService): GitopsSettings {
  const config = root.getOptionalConfig('infrastructure.gitops');
  const repositories = config?.getOptionalConfig('repositories');
  const reportsOf = (sender: Sender) => ({
    secrets: config?.getOptionalStringArray(`reports.${sender}.secrets`) ?? [],
  });
  return {
    modules: path.resolve(
      config?.getOptionalString('modules') ?? '../../infrastructure/modules',
    ),
    workFolder: path.resolve(
      config?.getOptionalString('workFolder') ?? '../../.waymark/cache/gitops',
    ),
    repositories: (repositories?.keys() ?? []).map(name =>
      readRepository(name, repositories!.getConfig(name)),
    ),
    reports: {
      argocd: reportsOf('argocd'),
      flux: reportsOf('flux'),
      github: reportsOf('github'),
      gitlab: reportsOf('gitlab'),
    },
  };
}
