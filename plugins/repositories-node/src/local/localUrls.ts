import type { PublishedRepository } from '../RepositoryHost';
import { repositoryNameProblem } from '../repositoryName';

/** A file or folder of a repository, as a URL names it. */
export type RepositoryPath = {
  name: string;
  /** A branch, tag or commit. */
  ref: string;
  /** From the repository's root, without a slash at either end; empty for the root. */
  path: string;
};

function apiOf(baseUrl: string): string {
  return `${baseUrl}/api/repositories`;
}

/** Where the portal serves a repository that it keeps itself. */
export function localUrls(
  baseUrl: string,
  repository: { name: string; defaultBranch: string },
): PublishedRepository {
  const { name, defaultBranch } = repository;
  const cloneUrl = `${apiOf(baseUrl)}/git/${name}.git`;
  return {
    repositoryUrl: `${baseUrl}/repositories/${name}`,
    cloneUrl,
    catalogInfoUrl: rawUrl(baseUrl, {
      name,
      ref: defaultBranch,
      path: 'catalog-info.yaml',
    }),
  };
}

/**
 * The URL of a file. The folders of the path are segments of the URL, so that a
 * relative reference in one file leads to its neighbour, as on any Git host.
 */
export function rawUrl(baseUrl: string, file: RepositoryPath): string {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return `${apiOf(baseUrl)}/${file.name}/raw/${encodeURIComponent(
    file.ref,
  )}/${path}`;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** What `rawUrl` wrote, read back; `undefined` for any other URL. */
export function parseRawUrl(
  baseUrl: string,
  url: string | URL,
): RepositoryPath | undefined {
  const api = new URL(`${apiOf(baseUrl)}/`);
  const given = new URL(url);
  if (
    given.origin !== api.origin ||
    !given.pathname.startsWith(api.pathname) ||
    given.username ||
    given.password
  ) {
    return undefined;
  }
  const [name, kind, ref, ...path] = given.pathname
    .slice(api.pathname.length)
    .split('/')
    .map(decoded);
  if (
    !name ||
    repositoryNameProblem(name) ||
    kind !== 'raw' ||
    !ref ||
    path.includes(undefined)
  ) {
    return undefined;
  }
  return { name, ref, path: path.join('/').replace(/\/+$/, '') };
}
