import type { IncidentFact } from './facts';

/**
 * What is said of something that became an incident, or is none any more,
 * because of its labels, its type or its priority. What is none any more ended
 * then, and no change is to blame: whether it is closed later does not matter,
 * and is not heard of.
 *
 * @param was - whether it was an incident until now
 * @param is - whether it is one
 * @param at - when that changed
 * @param resolvedAt - when it was closed
 */
export function requalified(
  was: boolean,
  is: boolean,
  at: string,
  resolvedAt: string | undefined,
): Pick<IncidentFact, 'resolvedAt' | 'isChangeRelated'> {
  if (was === is) return {};
  return is
    ? { resolvedAt: resolvedAt ?? null, isChangeRelated: true }
    : { resolvedAt: resolvedAt ?? at, isChangeRelated: false };
}
