import { repositoryNameProblem } from './repositoryName';
import type { RepositoryHost } from './RepositoryHost';

/**
 * The name of the repository that a location of the catalog lies in, on the
 * host of this portal; `undefined` when it lies elsewhere.
 */
export function repositoryOf(
  host: Pick<RepositoryHost, 'urlsFor'>,
  location: string,
): string | undefined {
  const [, url] = /^url:(https?:\/\/.+)$/.exec(location) ?? [];
  if (!url) return undefined;
  return url.split('/').find(name => {
    if (repositoryNameProblem(name)) return false;
    const { catalogInfoUrl } = host.urlsFor({ name, defaultBranch: 'main' });
    const root = catalogInfoUrl.slice(
      0,
      catalogInfoUrl.lastIndexOf(`/${name}/`) + name.length + 2,
    );
    return url.startsWith(root);
  });
}
