/** A place in a repository that the portal keeps. */
export type RepositoryPlace = {
  name: string;
  /** A branch, tag or commit; the default branch when left out. */
  ref?: string;
  /** From the root, without slashes at either end; the root when left out. */
  path?: string;
};

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The path of the page that shows a place in a repository. */
export function repositoryPagePath({ name, ref, path }: RepositoryPlace) {
  const start = `/repositories/${encodeURIComponent(name)}`;
  if (!ref) return start;
  const at = `${start}/${encodeURIComponent(ref)}`;
  return path ? `${at}/${encoded(path)}` : at;
}

/**
 * The page for the raw address of a file or folder in a repository that the
 * portal keeps, such as a source location; `undefined` for any other address.
 *
 * @param apiUrl - where the repositories API answers: `https://portal.example/api/repositories`
 */
export function pageOfRawUrl(apiUrl: string, url: string): string | undefined {
  const start = `${apiUrl.replace(/\/+$/, '')}/`;
  if (!url.startsWith(start)) return undefined;
  try {
    const [name, kind, ref, ...path] = url
      .slice(start.length)
      .split(/[?#]/)[0]
      .split('/')
      .map(decodeURIComponent);
    if (!name || kind !== 'raw' || !ref) return undefined;
    return repositoryPagePath({
      name,
      ref,
      path: path.filter(Boolean).join('/'),
    });
  } catch {
    // An escape that stands for nothing.
    return undefined;
  }
}
