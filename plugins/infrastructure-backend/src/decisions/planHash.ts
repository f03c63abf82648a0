import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import type { RuleResult } from '@waymark/plugin-infrastructure-common';
import stableStringify from 'safe-stable-stringify';

/**
 * What approvals are bound to: the plan as far as it decides what is done, the
 * version of the offering, the rules that judged, and what they let be. Two plans of the same
 * have the same hash, whenever they were made.
 */
export function planHash(of: {
  essence: JsonObject;
  offeringVersion: string;
  policyRevision: string;
  /** Numbers of the exceptions that let it be: once one of them is over, it is decided anew. */
  exceptions?: number[];
}): string {
  return createHash('sha256').update(stableStringify(of)).digest('hex');
}

/** Numbers of the exceptions that rules let something be by. */
export function exceptionsIn(rules: RuleResult[]): number[] {
  const numbers = rules.flatMap(({ exception }) => exception?.number ?? []);
  return [...new Set(numbers)].sort((one, other) => one - other);
}
