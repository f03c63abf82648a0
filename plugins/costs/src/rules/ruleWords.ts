import { type Rule, readFilter } from '@waymark/plugin-costs-common';
import { dimensionTitle, keyTitle } from '../words/dimensions';

/** The ways in which a rule finds who bears a charge, in the order of a menu. */
export const rulesBy: { value: Rule['by']; label: string }[] = [
  { value: 'name', label: 'What the bill says is the name of an entity' },
  { value: 'annotation', label: 'What the bill says is an annotation of one' },
  { value: 'map', label: 'A list says what is whose' },
  { value: 'entity', label: 'All of it is of one entity' },
  { value: 'share', label: 'Several share it' },
];

/** How a shared charge is divided. */
export const splits: {
  value: Extract<Rule, { by: 'share' }>['split'];
  label: string;
}[] = [
  { value: 'use', label: 'By what each uses' },
  { value: 'even', label: 'Evenly' },
  { value: 'fixed', label: 'By fixed shares' },
];

/** What a reference is called where its entity is not at hand: "payments". */
export const nameOf = (entityRef: string): string =>
  entityRef.slice(entityRef.lastIndexOf('/') + 1).replace(/^[^:]*:/, '');

const listed = (names: string[]): string =>
  names.length > 3
    ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
    : names.join(', ').replace(/, ([^,]*)$/, ' and $1');

function sharers(rule: Extract<Rule, { by: 'share' }>): string {
  if (rule.split === 'fixed') {
    return listed(
      Object.entries(rule.shares ?? {}).map(
        ([ref, share]) => `${nameOf(ref)} (${share})`,
      ),
    );
  }
  return rule.among
    ? listed(rule.among.map(nameOf))
    : 'all who have costs of their own';
}

const splitWords = {
  use: 'by what each uses',
  even: 'evenly',
  fixed: 'by fixed shares',
};

/** Who bears what a rule takes, in a sentence. */
export function bearerText(rule: Rule): string {
  switch (rule.by) {
    case 'name':
      return `To the ${rule.kind} that “${dimensionTitle(rule.value)}” names`;
    case 'annotation':
      return `To the entity whose ${rule.annotation} has the “${dimensionTitle(
        rule.value,
      )}”`;
    case 'map':
      return `By “${dimensionTitle(rule.value)}”: ${listed(
        Object.entries(rule.entities).map(
          ([said, ref]) => `${said} to ${nameOf(ref)}`,
        ),
      )}`;
    case 'entity':
      return `To ${nameOf(rule.entityRef)}`;
    default:
      return `Shared ${splitWords[rule.split]} between ${sharers(rule)}`;
  }
}

/** Which charges a rule is about, in words; nothing where it is about all. */
export function whereText({ where }: Rule): string | undefined {
  if (!where) return undefined;
  const values = new Map<string, string[]>();
  for (const { name, value } of readFilter(where)) {
    const said = value === '' ? keyTitle(name, null) : value;
    values.set(name, [...(values.get(name) ?? []), said]);
  }
  return `Only where ${[...values]
    .map(([name, said]) => `${dimensionTitle(name)} is ${said.join(' or ')}`)
    .join(', and ')}`;
}
