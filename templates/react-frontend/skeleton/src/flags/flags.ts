import type { JsonValue } from '@openfeature/core';

/**
 * Every flag, with what holds while nobody says otherwise. A flag that guards
 * something risky is off by default: that makes it a kill switch.
 */
export const flags = {
  /** Whether notes can be removed. */
  'remove-notes': true,
  /** An experiment: which words invite to write the first note. */
  'empty-notes-text': 'plain',
} as const satisfies Record<string, JsonValue>;

export type FlagKey = keyof typeof flags;
