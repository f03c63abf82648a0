import type { Rule } from '@waymark/plugin-costs-common';

/** Rules as somebody wants them. */
export type Draft = Rule[];

/** The same rules with one at another place. */
export function moved(rules: Draft, from: number, to: number): Draft {
  const left = rules.filter((_, index) => index !== from);
  return [...left.slice(0, to), rules[from], ...left.slice(to)];
}

/** The same rules with one in the place of another, or as the last one. */
export function put(rules: Draft, rule: Rule, at?: number): Draft {
  return at === undefined
    ? [...rules, rule]
    : rules.map((one, index) => (index === at ? rule : one));
}

/** The same rules without one. */
export const without = (rules: Draft, at: number): Draft =>
  rules.filter((_, index) => index !== at);

const same = (one: unknown, other: unknown) =>
  JSON.stringify(one) === JSON.stringify(other);

/** What was done to the rules, a sentence each. */
export function changesOf(before: Draft, after: Draft): string[] {
  const old = new Map(before.map(rule => [rule.id, rule]));
  const now = new Set(after.map(({ id }) => id));
  const kept = after.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const was = before.filter(({ id }) => now.has(id)).map(({ id }) => id);
  return [
    ...after
      .filter(({ id }) => !old.has(id))
      .map(({ title }) => `Added “${title}”`),
    ...before
      .filter(({ id }) => !now.has(id))
      .map(({ title }) => `Removed “${title}”`),
    ...after
      .filter(rule => old.has(rule.id) && !same(old.get(rule.id), rule))
      .map(({ title }) => `Changed “${title}”`),
    ...(same(kept, was) ? [] : ['Changed the order']),
  ];
}

/** A name for a rule that no other has, made of its title. */
export function idOf(title: string, taken: string[]): string {
  const plain =
    title
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-+|-+$/g, '') || 'rule';
  let id = plain;
  for (let number = 2; taken.includes(id); number += 1) {
    id = `${plain}-${number}`;
  }
  return id;
}
