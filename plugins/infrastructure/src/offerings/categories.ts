import type { Offering } from '@waymark/plugin-infrastructure-common';
import {
  RiArchiveStackLine,
  RiDatabase2Line,
  RiFlashlightLine,
  RiFunctionLine,
  RiRouteLine,
  RiServerLine,
  RiShapesLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';

type Category = { title: string; Icon: RemixiconComponentType };

const known: Record<string, Category> = {
  database: { title: 'Databases', Icon: RiDatabase2Line },
  cache: { title: 'Caches', Icon: RiFlashlightLine },
  storage: { title: 'Storage', Icon: RiArchiveStackLine },
  compute: { title: 'Compute', Icon: RiServerLine },
  serverless: { title: 'Serverless', Icon: RiFunctionLine },
  network: { title: 'Network', Icon: RiRouteLine },
};

/** How a category is called and drawn. */
export function categoryOf(name: string): Category {
  return known[name] ?? { title: name, Icon: RiShapesLine };
}

/** Offerings under their categories: those we know in their order, others after them. */
export function byCategory(
  offerings: Offering[],
): { name: string; offerings: Offering[] }[] {
  const names = [...new Set(offerings.map(({ category }) => category))];
  const order = Object.keys(known);
  const rank = (name: string) =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return names
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map(name => ({
      name,
      offerings: offerings.filter(({ category }) => category === name),
    }));
}
