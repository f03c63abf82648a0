import type { RequestRow } from '../requests/records';

/**
 * What people are told of a run that died and that nobody takes up, and what
 * they can do.
 *
 * @param isOffered - whether its offering is part of the portal
 */
export function interruptionOf(
  { offering, state }: Pick<RequestRow, 'offering' | 'state'>,
  isOffered: boolean,
): string {
  const isBegun = state === 'applying';
  return [
    isBegun
      ? 'The run died in the middle, and nobody knows how far it came.'
      : 'The run died before anything was done.',
    ...(isOffered
      ? []
      : [
          `The offering ${offering} is not part of the portal any more: put its file back into the folder of offerings first.`,
        ]),
    isBegun
      ? 'Look at what is there, then try again or destroy it.'
      : 'Try again, or ask for something else.',
  ].join(' ');
}
