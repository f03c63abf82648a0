import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_VIEW_URL,
  type Entity,
} from '@backstage/catalog-model';

/** A place to go from an entity. */
export type Destination = {
  title: string;
  href: string;
  kind: 'docs' | 'definition' | 'source' | 'edit' | 'link';
};

const DOCS_ANNOTATIONS = [
  'backstage.io/techdocs-ref',
  'backstage.io/techdocs-entity',
];

/** Addresses of this portal's own repositories become pages; the others stay. */
export type PageOf = (url: string) => string | undefined;

/** Only these leave the page: an entity's author must not run scripts in it. */
function isSafe(href: string): boolean {
  return /^(https?:|mailto:|\/)/i.test(href);
}

/**
 * Where an entity leads, most wanted first.
 *
 * @param options.page - path of the entity's page
 * @param options.source - address of its source, where one is known
 * @param options.pageOf - the page for the raw address of a file, which no browser opens
 */
export function destinationsOf(
  entity: Entity,
  options: { page: string; source?: string; pageOf?: PageOf },
): Destination[] {
  const annotations = entity.metadata.annotations ?? {};
  const found: Destination[] = [];
  if (DOCS_ANNOTATIONS.some(annotation => annotations[annotation])) {
    found.push({ kind: 'docs', title: 'Docs', href: `${options.page}/docs` });
  }
  if (entity.kind.toLowerCase() === 'api') {
    found.push({
      kind: 'definition',
      title: 'API definition',
      href: `${options.page}/definition`,
    });
  }
  for (const link of entity.metadata.links ?? []) {
    found.push({ kind: 'link', title: link.title ?? link.url, href: link.url });
  }
  const source = options.source ?? annotations[ANNOTATION_VIEW_URL];
  if (source) {
    found.push({
      kind: 'source',
      title: 'View source',
      href: options.pageOf?.(source) ?? source,
    });
  }
  const edit = annotations[ANNOTATION_EDIT_URL];
  // What the portal keeps itself is changed by a push, not in a page.
  if (edit && !options.pageOf?.(edit)) {
    found.push({ kind: 'edit', title: 'Edit catalog file', href: edit });
  }
  return found.filter(destination => isSafe(destination.href));
}
