import {
  type Entity,
  parseEntityRef,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_MEMBER,
  RELATION_HAS_PART,
  RELATION_MEMBER_OF,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { targetsOf } from '../related/fields';
import type { RelatedEntities } from '../related/RelatedEntities';

/** One group of entities that stand in the same relation to the one on the page. */
export type Section = {
  id: string;
  title: string;
  refs: string[];
  /** How the relation is said in a sentence, such as "provides". */
  verb?: string;
  /** What the entities are called, one and many. */
  noun: [one: string, many: string];
};

/** The kinds in the order in which people ask for them, and their names. */
const KINDS: Record<string, [one: string, many: string]> = {
  domain: ['domain', 'domains'],
  system: ['system', 'systems'],
  component: ['component', 'components'],
  api: ['API', 'APIs'],
  resource: ['resource', 'resources'],
  template: ['template', 'templates'],
  group: ['team', 'teams'],
  user: ['person', 'people'],
};

const THINGS: [string, string] = ['thing', 'things'];

type Relation = Pick<Section, 'title' | 'verb' | 'noun'> & { type: string };

const RELATIONS: Relation[] = [
  {
    type: RELATION_API_PROVIDED_BY,
    title: 'Provided by',
    verb: 'is provided by',
    noun: KINDS.component,
  },
  {
    type: RELATION_API_CONSUMED_BY,
    title: 'Consumed by',
    verb: 'is consumed by',
    noun: KINDS.component,
  },
  {
    type: RELATION_PROVIDES_API,
    title: 'Provides',
    verb: 'provides',
    noun: KINDS.api,
  },
  {
    type: RELATION_CONSUMES_API,
    title: 'Consumes',
    verb: 'consumes',
    noun: KINDS.api,
  },
  {
    type: RELATION_DEPENDS_ON,
    title: 'Depends on',
    verb: 'depends on',
    noun: THINGS,
  },
  {
    type: RELATION_DEPENDENCY_OF,
    title: 'Needed by',
    verb: 'is needed by',
    noun: THINGS,
  },
  {
    type: RELATION_HAS_MEMBER,
    title: 'Members',
    verb: 'has',
    noun: KINDS.user,
  },
  {
    type: RELATION_PARENT_OF,
    title: 'Teams in it',
    verb: 'holds',
    noun: KINDS.group,
  },
  {
    type: RELATION_MEMBER_OF,
    title: 'Teams',
    verb: 'is in',
    noun: KINDS.group,
  },
];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function byKind(
  refs: string[],
  options: { id: string; verb: string; title: (many: string) => string },
): Section[] {
  return Object.entries(KINDS).flatMap(([kind, noun]) => {
    const found = refs.filter(ref => parseEntityRef(ref).kind === kind);
    return found.length === 0
      ? []
      : [
          {
            id: `${options.id}-${kind}`,
            title: options.title(noun[1]),
            verb: options.verb,
            noun,
            refs: found,
          },
        ];
  });
}

/**
 * How an entity stands to others: groups in the order in which people ask for
 * them, none of them empty.
 */
export function relationSections(
  entity: Entity,
  related: Pick<RelatedEntities, 'consumers' | 'ownedByTeams'>,
): Section[] {
  const plain = RELATIONS.map(({ type, ...words }) => ({
    ...words,
    id: type,
    refs: targetsOf(entity, type),
  }));
  const consumers: Section = {
    id: 'consumers',
    title: 'Used by, through its APIs',
    verb: 'is used by',
    noun: KINDS.component,
    refs: related.consumers,
  };
  const owned = [
    ...new Set([
      ...targetsOf(entity, RELATION_OWNER_OF),
      ...related.ownedByTeams,
    ]),
  ];
  return [
    ...byKind(targetsOf(entity, RELATION_HAS_PART), {
      id: 'parts',
      verb: 'is made of',
      title: capital,
    }),
    ...plain,
    consumers,
    ...byKind(owned, {
      id: 'owned',
      verb: related.ownedByTeams.length > 0 ? 'answers for' : 'owns',
      title: many => capital(`${many} owned`),
    }),
  ].filter(section => section.refs.length > 0);
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const NAMED = 2;

/**
 * The sections in one sentence: few entities by name, many by number, such as
 * "Provides 3 APIs, depends on orders-db and is used by Checkout.".
 */
export function relationSentence(
  sections: Section[],
  nameOf: (ref: string) => string,
): string {
  const byVerb = new Map<string, string[]>();
  for (const { verb, refs, noun } of sections) {
    if (verb) {
      const said =
        refs.length <= NAMED ? refs.map(nameOf) : [`${refs.length} ${noun[1]}`];
      byVerb.set(verb, [...(byVerb.get(verb) ?? []), ...said]);
    }
  }
  if (byVerb.size === 0) {
    return '';
  }
  const clauses = [...byVerb].map(
    ([verb, said]) => `${verb} ${list.format(said)}`,
  );
  return `${capital(clauses.join('; '))}.`;
}
