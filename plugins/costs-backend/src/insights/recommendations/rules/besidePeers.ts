import { costOf, grouped, nameOf } from '../Line';
import type { Rule } from '../Rule';
import { shareOf } from './words';

/**
 * What is larger than its owner's other resources of the same offering and
 * environment, as the infrastructure plugin compares them. Its price book says
 * one end, and its price book's share of what is really billed the other.
 */
export const besidePeers: Rule = {
  id: 'beside-peers',
  kind: 'oversized',
  effort: 'medium',
  needsManaged: true,
  find: ({ lines, managed, least }) =>
    [...grouped(lines, ({ entityRef }) => entityRef)].flatMap(([ref, own]) => {
      const resource = managed.get(ref);
      const [hint] = resource?.hints ?? [];
      if (!resource?.estimate || !hint) return [];
      const share = Math.min(1, hint.monthlySaving / resource.estimate);
      const ends = [hint.monthlySaving, share * costOf(own)];
      if (Math.max(...ends) < least) return [];
      return [
        {
          lines: own,
          title: `Make ${nameOf(own[0])} as its like`,
          why: `Its ${hint.parameter} is ${hint.value}; of ${
            hint.compared
          } others of its owner it is ${hint.usual}, such as ${
            hint.evidence[0].name
          }. That is ${shareOf(share)} less by the price book.`,
          low: Math.min(...ends),
          high: Math.min(Math.max(...ends), costOf(own)),
          about: 'resource' as const,
          change: { [hint.parameter]: hint.usual },
        },
      ];
    }),
};
