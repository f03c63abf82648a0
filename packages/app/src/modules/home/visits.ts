import type { Visit } from '@backstage/plugin-home';

/** How many pages are kept in view. */
const shown = 6;

/** What a visited page is called, given what an entity is called. */
function titleOf(visit: Visit, entityTitle: (ref: string) => string): string {
  if (visit.entityRef) return entityTitle(visit.entityRef);
  const isSection = !visit.pathname.slice(1).includes('/');
  if (isSection) {
    const words = visit.name.replace(/-/g, ' ');
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  // Other pages are kept under the window's title: "Tasks · Waymark".
  return visit.name.split(/ [·|] /)[0];
}

/**
 * The pages to offer again, the latest first, each name once and no page that
 * had no name of its own.
 */
export function recentPages(
  visits: Visit[],
  appTitle: string | undefined,
  entityTitle: (ref: string) => string,
): Array<{ title: string; href: string }> {
  const pages = new Map<string, string>();
  for (const visit of visits) {
    const title = titleOf(visit, entityTitle);
    if (title && title !== appTitle && !pages.has(title)) {
      pages.set(title, visit.pathname);
    }
  }
  return [...pages].slice(0, shown).map(([title, href]) => ({ title, href }));
}
