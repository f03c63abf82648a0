import {
  type Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { targetsOf, typeOf } from '../related/fields';

/** One thing that is known of an entity: text, or other entities. */
export type Fact =
  | { label: string; text: string }
  | { label: string; email: string }
  | { label: string; refs: string[] };

const LANGUAGES: Record<string, string> = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  java: 'Java',
};

function text(label: string, value: string | undefined): Fact[] {
  return value ? [{ label, text: value }] : [];
}

function refs(label: string, found: string[]): Fact[] {
  return found.length > 0 ? [{ label, refs: found }] : [];
}

/**
 * What is known of an entity, in the order in which people ask for it.
 *
 * @param related - entities around it, for what is known through them
 */
export function factsOf(
  entity: Entity,
  related: ReadonlyMap<string, Entity>,
): Fact[] {
  const annotations = entity.metadata.annotations ?? {};
  const profile = entity.spec?.profile as { email?: string } | undefined;
  const language = annotations['waymark.io/language'];

  const partOf = targetsOf(entity, RELATION_PART_OF);
  const isDomain = (ref: string) => ref.startsWith('domain:');
  const domains = [
    ...partOf.filter(isDomain),
    ...partOf.flatMap(ref => {
      const whole = related.get(ref);
      return whole ? targetsOf(whole, RELATION_PART_OF).filter(isDomain) : [];
    }),
  ];
  return [
    ...text('Role', annotations['waymark.io/title']),
    ...refs('Owner', targetsOf(entity, RELATION_OWNED_BY)),
    ...refs('Part of', [
      ...partOf.filter(ref => !isDomain(ref)),
      ...targetsOf(entity, RELATION_CHILD_OF),
    ]),
    ...refs('Domain', [...new Set(domains)]),
    ...refs('Teams', targetsOf(entity, RELATION_MEMBER_OF)),
    ...text('Type', typeOf(entity)),
    ...text('Language', language && (LANGUAGES[language] ?? language)),
    ...text('Version', annotations['waymark.io/template-version']),
    ...(profile?.email ? [{ label: 'Email', email: profile.email }] : []),
  ];
}
