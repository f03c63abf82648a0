import { repositoryNameProblem } from './repositoryName';
import type { RepositoryHost } from './RepositoryHost';

/** Where a file of the catalog lies, as it is read: without `..`, a query or a fragment. */
function readAt(location: string): string | undefined {
  const [, url] = /^url:(https?:\/\/.+)$/.exec(location) ?? [];
  if (!url || !URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/**
 * The name of the repository that a location of the catalog lies in, on the
 * host of this portal; `undefined` when it lies elsewhere.
 */
export function repositoryOf(
  host: Pick<RepositoryHost, 'urlsFor'>,
  location: string,
): string | undefined {
  const url = readAt(location);
  return url?.split('/').find(name => {
    if (repositoryNameProblem(name)) return false;
    const { catalogInfoUrl } = host.urlsFor({ name, defaultBranch: 'main' });
    const root = catalogInfoUrl.slice(
      0,
      catalogInfoUrl.lastIndexOf(`/${name}/`) + name.length + 2,
    );
    return url.startsWith(root);
  });
}

/**
 * The path in its repository of the file that a location of the catalog names;
 * `undefined` when it is not on the default branch.
 */
export function pathOnDefaultBranch(
  host: Pick<RepositoryHost, 'urlsFor'>,
  location: string,
  repository: { name: string; defaultBranch: string },
): string | undefined {
  const { catalogInfoUrl } = host.urlsFor(repository);
  const { href } = new URL('.', catalogInfoUrl);
  const url = readAt(location);
  if (!url?.startsWith(href)) return undefined;
  try {
    return decodeURIComponent(url.slice(href.length));
  } catch {
    return undefined;
  }
}
