import { costOf, isShown, isWhole, nameOf, type Line } from '../Line';
import type { Rule } from '../Rule';
import { shareOf } from './words';

/** A generation whose successor costs less for the same, by the list prices of its provider. */
type Generation = {
  is: RegExp;
  name: string;
  newer: string;
  low: number;
  high: number;
};

const generations: Generation[] = [
  {
    is: /(?:^|[:.\s-])t2\./,
    name: 't2',
    newer: 't3 or t4g',
    low: 0.1,
    high: 0.27,
  },
  {
    is: /(?:^|[:.\s-])m[34]\./,
    name: 'm4',
    newer: 'm7g',
    low: 0.04,
    high: 0.18,
  },
  {
    is: /(?:^|[:.\s-])c[34]\./,
    name: 'c4',
    newer: 'c7g',
    low: 0.15,
    high: 0.27,
  },
  {
    is: /(?:^|[:.\s-])r[34]\./,
    name: 'r4',
    newer: 'r7g',
    low: 0.05,
    high: 0.2,
  },
  {
    is: /VolumeUsage\.gp2|RDS:GP2-Storage/,
    name: 'gp2',
    newer: 'gp3',
    low: 0.1,
    high: 0.2,
  },
  {
    is: /\bP[123] v2\b/,
    name: 'Premium v2',
    newer: 'Premium v3',
    low: 0.1,
    high: 0.25,
  },
  {
    is: /\bN1 Predefined\b/,
    name: 'N1',
    newer: 'N2D or E2',
    low: 0.08,
    high: 0.3,
  },
];

const generationOf = ({ sku, meter, description }: Line) =>
  generations.find(({ is }) => is.test(`${sku} ${meter} ${description}`));

/** What is of a generation whose successor costs less for the same. */
export const oldGeneration: Rule = {
  id: 'old-generation',
  kind: 'generation',
  effort: 'medium',
  find: ({ lines, least }) =>
    lines.filter(isShown).flatMap(line => {
      const of = generationOf(line);
      const cost = costOf([line]);
      if (!of || !isWhole(line.days[0]) || cost * of.high < least) return [];
      return [
        {
          lines: [line],
          title: `Move ${nameOf(line)} to ${of.newer}`,
          why: `It is charged as ${line.sku ?? line.meter}. ${
            of.newer
          } takes the place of ${of.name} and costs ${shareOf(
            of.low,
          )} to ${shareOf(of.high)} less for the same, by the list.`,
          low: cost * of.low,
          high: cost * of.high,
          about: 'line' as const,
          isReplaced: true as const,
        },
      ];
    }),
};
