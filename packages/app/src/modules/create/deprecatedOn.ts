import type { Entity } from '@backstage/catalog-model';

/** The day from which nothing new should be made of a template. */
export function deprecatedOn({ metadata }: Entity): string | undefined {
  const day = metadata.annotations?.['waymark.io/deprecated-on'];
  return day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined;
}
