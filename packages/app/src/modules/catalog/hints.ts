import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';

/** Something about an entity that its owners, or those who rely on it, should know. */
export type Hint = { text: string; why: string; tone: 'bad' | 'note' };

const docsAnnotations = [
  'backstage.io/techdocs-ref',
  'backstage.io/techdocs-entity',
];

/** What is wanting in an entity, worst first. */
export function hintsOf(entity: AlphaEntity): Hint[] {
  const annotations = entity.metadata.annotations ?? {};
  const error = entity.status?.items?.find(item => item.level === 'error');
  const hints: Hint[] = [];
  if (error) {
    hints.push({ text: 'Error', why: error.message, tone: 'bad' });
  }
  if (annotations['backstage.io/orphan'] === 'true') {
    hints.push({
      text: 'Orphan',
      why: 'No source names it any more',
      tone: 'bad',
    });
  }
  if (
    entity.kind === 'Component' &&
    !docsAnnotations.some(annotation => annotations[annotation])
  ) {
    hints.push({ text: 'No docs', why: 'It brings no docs', tone: 'note' });
  }
  return hints;
}

/** Whether an entity is in a system or domain, and which. */
export function wholesOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === 'partOf')
    .map(({ targetRef }) => targetRef);
}
