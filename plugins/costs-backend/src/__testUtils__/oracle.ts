import {
  measures,
  type Measure,
  type Rule,
} from '@waymark/plugin-costs-common';
import { units } from './units';

/** A charge as a bill says it, null where it says nothing. */
export type Charge = Record<string, string | null>;

/** Who somebody is rolled up to, by the levels of ownership. */
export type Levels = Record<
  'component' | 'system' | 'domain' | 'group',
  string | null
>;

/** What is known of the catalog, written down by hand. */
export type Known = ReadonlyMap<string, Levels>;

/** A part of a charge that somebody bears, or nobody, in smallest units. */
export type Borne = {
  charge: Charge;
  part: 'allocated' | 'shared' | 'unallocated';
  rule: string | null;
  entity: string | null;
  costs: Record<Measure, bigint>;
};

type Item = { charge: Charge; costs: Record<Measure, bigint> };
type Weights = [ref: string, weight: bigint][];

const tagsOf = ({ Tags }: Charge): Record<string, string> =>
  JSON.parse(Tags ?? '{}');

/** What a charge says of something that rules look at. */
export const saidBy = (charge: Charge, name: string): string | null =>
  name.startsWith('Tags/')
    ? tagsOf(charge)[name.slice('Tags/'.length)] ?? null
    : charge[name];

/** The rows of a day that say the same are one charge. */
function itemsOf(charges: Charge[]): Item[] {
  const items = new Map<string, Item>();
  for (const charge of charges) {
    const said = Object.entries(charge)
      .filter(([name]) => !measures.some(measure => measure === name))
      .sort();
    const key = JSON.stringify(said);
    const known = items.get(key)?.costs;
    const costs = Object.fromEntries(
      measures.map(name => [
        name,
        (known?.[name] ?? 0n) + units(charge[name] ?? '0'),
      ]),
    ) as Item['costs'];
    items.set(key, { charge, costs });
  }
  return [...items.values()];
}

function isAbout(rule: Rule, charge: Charge): boolean {
  if ('value' in rule && saidBy(charge, rule.value) === null) return false;
  if (!rule.where) return true;
  const [name, value] = rule.where.split('=');
  return saidBy(charge, name) === (value || null);
}

/** Whom a rule finds; undefined for nobody. */
function found(rule: Rule, charge: Charge, known: Known): string | undefined {
  const refs = [...known.keys()];
  switch (rule.by) {
    case 'entity':
      return rule.entityRef;
    case 'map':
      return rule.entities[saidBy(charge, rule.value) ?? ''];
    case 'name':
      return refs.find(
        ref => ref === `${rule.kind}:default/${saidBy(charge, rule.value)}`,
      );
    default:
      return undefined;
  }
}

/** Who bears what a rule shares out of a currency, and how much of it each. */
function weightsOf(
  rule: Extract<Rule, { by: 'share' }>,
  used: Map<string, bigint>,
): Weights {
  const isAmong = (ref: string) => rule.among?.includes(ref) ?? true;
  let weights: Weights;
  if (rule.split === 'fixed') {
    weights = Object.entries(rule.shares ?? {}).map(([ref, share]) => [
      ref,
      units(share),
    ]);
  } else if (rule.split === 'even') {
    weights = [...new Set(rule.among ?? used.keys())].map(ref => [ref, 1n]);
  } else {
    weights = [...used].filter(([ref]) => isAmong(ref));
  }
  return weights
    .filter(([, weight]) => weight > 0n)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What each bears of an amount: cut to the smallest unit, and the last one what is left. */
function split(amount: bigint, weights: Weights): bigint[] {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0n);
  let upTo = 0n;
  let given = 0n;
  return weights.map(([, weight]) => {
    upTo += weight;
    const until = (amount * upTo) / total;
    const part = until - given;
    given = until;
    return part;
  });
}

/**
 * Says who bears what of one bill, by the reference of rules alone and in whole
 * numbers: nothing of the portal is asked, so that it can be laid beside it.
 */
export function bear(charges: Charge[], rules: Rule[], known: Known): Borne[] {
  const taken = itemsOf(charges).map(item => {
    const rule = rules.find(
      one =>
        isAbout(one, item.charge) &&
        (one.by === 'share' || found(one, item.charge, known) !== undefined),
    );
    const entity = rule ? found(rule, item.charge, known) ?? null : null;
    return { ...item, rule, entity };
  });
  const usedIn = (currency: string | null) => {
    const used = new Map<string, bigint>();
    for (const { charge, entity, costs } of taken) {
      if (entity === null || charge.BillingCurrency !== currency) continue;
      used.set(entity, (used.get(entity) ?? 0n) + costs.EffectiveCost);
    }
    return used;
  };
  return taken.flatMap(({ charge, costs, rule, entity }): Borne[] => {
    if (rule?.by !== 'share') {
      const part = rule ? 'allocated' : 'unallocated';
      return [{ charge, costs, part, rule: rule?.id ?? null, entity }];
    }
    const weights = weightsOf(rule, usedIn(charge.BillingCurrency));
    if (weights.length === 0) {
      const nobody = { part: 'unallocated', entity: null } as const;
      return [{ charge, costs, rule: rule.id, ...nobody }];
    }
    const parts = measures.map(
      name => [name, split(costs[name], weights)] as const,
    );
    return weights.map(([ref], place) => ({
      charge,
      part: 'shared',
      rule: rule.id,
      entity: ref,
      costs: Object.fromEntries(
        parts.map(([name, amounts]) => [name, amounts[place]]),
      ) as Borne['costs'],
    }));
  });
}

/** What groups come to, by currency and key. */
export function sumsBy(
  borne: Borne[],
  measure: Measure,
  keyOf: (one: Borne) => string | null,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const one of borne) {
    const key = `${one.charge.BillingCurrency} ${keyOf(one)}`;
    sums.set(key, (sums.get(key) ?? 0n) + one.costs[measure]);
  }
  return sums;
}
