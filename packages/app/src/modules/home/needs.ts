import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { entityHref } from './useMe';

/** Something that waits for the person, and where to see to it. */
export type Need = {
  id: string;
  urgency: 'now' | 'soon';
  what: string;
  why: string;
  href: string;
};

const docsAnnotations = [
  'backstage.io/techdocs-ref',
  'backstage.io/techdocs-entity',
];

/** Failed tasks older than this are history, not work. In milliseconds. */
const taskMemory = 7 * 24 * 60 * 60 * 1000;

/** Whether an entity brings documentation. */
export function hasDocs(entity: Entity): boolean {
  return docsAnnotations.some(
    annotation => entity.metadata.annotations?.[annotation],
  );
}

function nameOf(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}

function isBroken(entity: AlphaEntity): boolean {
  return Boolean(entity.status?.items?.some(item => item.level === 'error'));
}

/** Components without docs wait together: it is one kind of work. */
function docsNeed(entities: AlphaEntity[]): Need[] {
  const silent = entities.filter(
    entity =>
      entity.kind === 'Component' && !isBroken(entity) && !hasDocs(entity),
  );
  if (silent.length === 0) return [];
  const one = silent.length === 1;
  return [
    {
      id: 'docs',
      urgency: 'soon',
      what: one
        ? `${nameOf(silent[0])} has no docs`
        : `${silent.length} components have no docs`,
      why: `${
        one ? '' : `${silent.map(nameOf).join(', ')}. `
      }Add a docs folder and name it in catalog-info.yaml.`,
      href: one
        ? entityHref(stringifyEntityRef(silent[0]))
        : '/catalog?filters[kind]=component&filters[user]=owned',
    },
  ];
}

/** What the catalog finds wanting in entities that the person owns. */
export function entityNeeds(entities: AlphaEntity[]): Need[] {
  const single = entities.flatMap((entity): Need[] => {
    const ref = stringifyEntityRef(entity);
    const what = nameOf(entity);
    const href = entityHref(ref);
    const error = entity.status?.items?.find(item => item.level === 'error');
    if (error) {
      return [
        {
          id: `${ref}#error`,
          urgency: 'now',
          what,
          why: `The catalog cannot process it: ${error.message}`,
          href,
        },
      ];
    }
    if (entity.metadata.annotations?.['backstage.io/orphan'] === 'true') {
      const origin = entity.metadata.annotations[ANNOTATION_ORIGIN_LOCATION];
      return [
        {
          id: `${ref}#orphan`,
          urgency: 'soon',
          what,
          why: `No source names it any more${
            origin ? ` (it came from ${origin})` : ''
          }. Restore its source or remove it.`,
          href,
        },
      ];
    }
    return [];
  });
  return [...single, ...docsNeed(entities)];
}

/** The person's template runs that failed lately or still run at `now`. */
export function taskNeeds(tasks: ScaffolderTask[], now: number): Need[] {
  return tasks.flatMap((task): Need[] => {
    const what =
      task.spec.templateInfo?.entity?.metadata.title ??
      task.spec.templateInfo?.entity?.metadata.name ??
      'Template run';
    const href = `/create/tasks/${task.id}`;
    if (
      task.status === 'failed' &&
      now - Date.parse(task.createdAt) < taskMemory
    ) {
      return [
        {
          id: task.id,
          urgency: 'now',
          what,
          why: 'The run failed. See the step that failed and start again.',
          href,
        },
      ];
    }
    if (task.status === 'processing' || task.status === 'open') {
      return [
        {
          id: task.id,
          urgency: 'soon',
          what,
          why:
            task.status === 'open'
              ? 'The run waits for its turn.'
              : 'The run is under way.',
          href,
        },
      ];
    }
    return [];
  });
}
