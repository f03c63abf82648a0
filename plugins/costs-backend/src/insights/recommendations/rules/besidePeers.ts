import { costOf, grouped, isShown, nameOf, type Line } from '../Line';
import type { Found, Managed, Rule } from '../Rule';
import { shareOf } from './words';

/** What the price book is written in. */
const bookCurrency = 'USD';

/**
 * @param own - what one source bills of it in one currency
 * @param isAll - whether nothing else is billed of it
 */
function peersOf(
  own: Line[],
  resource: Managed | undefined,
  isAll: boolean,
): Found | undefined {
  const [hint] = resource?.hints ?? [];
  if (!resource?.estimate || !hint) return undefined;
  const share = Math.min(1, hint.monthlySaving / resource.estimate);
  const [{ currency }] = own;
  // An amount of the book is of the whole resource, and no amount of another currency.
  const booked = isAll && currency === bookCurrency ? [hint.monthlySaving] : [];
  const ends = [...booked, share * costOf(own)];
  return {
    lines: own,
    title: `Make ${nameOf(own[0])} as its like`,
    why: `Its ${hint.parameter} is ${hint.value}; of ${
      hint.compared
    } others of its owner it is ${hint.usual}, such as ${
      hint.evidence[0].name
    }. That is ${shareOf(share)} less by the price book.`,
    low: Math.min(...ends),
    high: Math.min(Math.max(...ends), costOf(own)),
    about: 'entity',
    change: { [hint.parameter]: hint.usual },
  };
}

/**
 * What is larger than its owner's other resources of the same offering and
 * environment, as the infrastructure plugin compares them. Its price book says
 * one end, and its price book's share of what is really billed the other. The
 * share alone counts of what is billed in another currency than the book's, and
 * of what several sources bill.
 */
export const besidePeers: Rule = {
  id: 'beside-peers',
  kind: 'oversized',
  effort: 'medium',
  needsManaged: true,
  find: ({ lines, managed, least }) =>
    [...grouped(lines.filter(isShown), ({ entityRef }) => entityRef)].flatMap(
      ([ref, all]) => {
        const bills = [
          ...grouped(
            all,
            ({ source, currency }) => `${source} ${currency}`,
          ).values(),
        ];
        return bills.flatMap(own => {
          const found = peersOf(own, managed.get(ref), bills.length === 1);
          return found && found.high >= least ? [found] : [];
        });
      },
    ),
};
