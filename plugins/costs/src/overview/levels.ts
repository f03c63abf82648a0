import type { Scope } from '../view/view';

/** By what each level can be told apart; the first is shown unless another is chosen. */
const offered: Record<Scope['level'] | 'organisation', string[]> = {
  organisation: ['group', 'domain', 'system', 'ServiceName', 'ProviderName'],
  group: ['entity', 'group', 'system', 'ServiceName', 'ProviderName'],
  domain: ['system', 'group', 'entity', 'ServiceName'],
  system: ['entity', 'group', 'ServiceName'],
  component: ['ServiceName', 'ServiceCategory', 'ResourceName'],
  resource: ['ServiceName', 'ChargeDescription'],
};

/** By what a scope can be told apart. */
export const waysOf = (scope: Scope | undefined): string[] =>
  offered[scope?.level ?? 'organisation'];

/** By what a scope is told apart: what was chosen, where it is offered. */
export function wayOf(scope: Scope | undefined, chosen?: string): string {
  const ways = waysOf(scope);
  return ways.find(way => way === chosen) ?? ways[0];
}

/** What moves in a scope is looked for as finely as it is known. */
export const finestOf = (scope: Scope | undefined): string =>
  scope?.level === 'component' || scope?.level === 'resource'
    ? 'ServiceName'
    : 'entity';
