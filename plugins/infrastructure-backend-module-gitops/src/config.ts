import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
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
  commitUrl?: string;
  author: { name: string; email: string };
};

/** What `infrastructure.gitops` says. */
export type GitopsSettings = {
  modules: string;
  workFolder: string;
  repositories: RepositorySettings[];
  reports: Record<Reconciler, { secrets: string[] }>;
};

/** What brings clusters to what was committed, and reports on it. */
export const reconcilers = ['argocd', 'flux'] as const;
/** {@inheritDoc reconcilers} */
export type Reconciler = (typeof reconcilers)[number];

const branchPattern = /^[A-Za-z0-9]+([._/-][A-Za-z0-9]+)*$/;
const pathPattern =
  /^([A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?$/;

function matching(text: string, pattern: RegExp, key: string): string {
  if (pattern.test(text)) return text;
  throw new InputError(`${key} is "${text}", which is not what it has to be`);
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
  const create = config.getOptionalBoolean('create') ?? false;
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
    ...(password && {
      credentials: {
        username: config.getOptionalString('username') ?? 'waymark',
        password,
      },
    }),
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
  const reportsOf = (sender: Reconciler) => ({
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
    reports: { argocd: reportsOf('argocd'), flux: reportsOf('flux') },
  };
}
