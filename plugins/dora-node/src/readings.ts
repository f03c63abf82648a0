import type { Reading } from './DeliverySource';
import type { ChangeFact, Fact } from './facts';

/** The delivery says these. */
export function facts(...said: Fact[]): Reading {
  return { kind: 'facts', facts: said };
}

/** The delivery was understood and is of no interest. */
export function ignored(reason: string): Reading {
  return { kind: 'ignored', reason };
}

/** The changes that a delivery says. */
export function changesIn(reading: Reading): ChangeFact[] {
  return factsIn(reading).filter(
    (fact): fact is ChangeFact => fact.type === 'change',
  );
}

/** The facts that a delivery says; none when it is ignored. */
export function factsIn(reading: Reading): Fact[] {
  return reading.kind === 'facts' ? reading.facts : [];
}
