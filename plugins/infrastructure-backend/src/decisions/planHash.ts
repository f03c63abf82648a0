import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import stableStringify from 'safe-stable-stringify';

/**
 * What approvals are bound to: the plan as far as it decides what is done, the
 * version of the offering, and the rules that judged. Two plans of the same
 * have the same hash, whenever they were made.
 */
export function planHash(of: {
  essence: JsonObject;
  offeringVersion: string;
  policyRevision: string;
}): string {
  return createHash('sha256').update(stableStringify(of)).digest('hex');
}
