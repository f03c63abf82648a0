import { repositoryPagePath } from '@waymark/plugin-repositories-common';

/** The last part of a path from the repository's root. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Schemes that a document may lead to: none that runs in the page. */
const safe = /^(https?:|mailto:)/i;
const hasScheme = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

/**
 * Where a link in a document leads: to the page of the file it names, or out.
 *
 * @param path - of the document, from the repository's root
 */
export function linkFrom(
  at: { name: string; ref: string },
  path: string,
  href: string,
): string {
  if (href.startsWith('#')) return href;
  if (hasScheme.test(href)) return safe.test(href) ? href : '';
  // Resolving against a root that goes no higher keeps the link in the repository.
  const base = new URL(
    path.split('/').map(encodeURIComponent).join('/'),
    'https://repository.invalid/',
  );
  try {
    const { pathname } = new URL(href, base);
    return repositoryPagePath({
      ...at,
      path: decodeURIComponent(pathname).split('/').filter(Boolean).join('/'),
    });
  } catch {
    return '';
  }
}

/** Pictures come from the web or not at all: those in the repository need a token that no picture can carry. */
export function imageFrom(src: string): string {
  return /^https:/i.test(src) ? src : '';
}
