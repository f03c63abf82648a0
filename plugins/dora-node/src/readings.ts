import type { Reading } from './DeliverySource';
import type { Fact } from './facts';

/** The delivery says these. */
export function facts(...said: Fact[]): Reading {
  return { kind: 'facts', facts: said };
}

/** The delivery was understood and is of no interest. */
export function ignored(reason: string): Reading {
  return { kind: 'ignored', reason };
}
