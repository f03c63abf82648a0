import fs from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { paths } from '../../paths.ts';
import { readComponents } from '../deliverers.ts';
import { seeded } from '../random.ts';

/** Who bills Larkspur. */
export type Provider = 'aws' | 'azure' | 'google';

/** Something of the catalog that somebody is billed for. */
export type Item = {
  name: string;
  /** Whether a component runs there, or a resource is kept there. */
  kind: 'component' | 'resource';
  /** As its catalog entry calls it: `service`, `database`, and so on. */
  type: string;
  team: string;
  system: string;
  provider: Provider;
  /** How much of it there is, about 1. */
  size: number;
};

type Entry = {
  kind: string;
  metadata: { name: string };
  spec: { owner: string; type: string; system?: string };
};

/** What stands elsewhere than most of Larkspur does: its shop counters on Azure, its models on Google. */
const elsewhere: Record<string, Provider> = {
  'checkout-web': 'azure',
  'promotion-simulator': 'azure',
  'invoice-renderer': 'azure',
  invoices: 'azure',
  'warehouse-console': 'azure',
  'returns-portal': 'azure',
  'demand-forecast': 'google',
  'fraud-features': 'google',
  'fraud-feature-store': 'google',
  'analytics-warehouse': 'google',
  'related-items': 'google',
};

/** What many people feel when it stands still is larger than the rest. */
const sizes: Record<string, number> = {
  'storefront-web': 2.6,
  'storefront-bff': 2.2,
  'search-service': 2.4,
  'product-search-index': 2.2,
  'checkout-service': 1.9,
  'payments-gateway': 1.8,
  'payments-db': 2.1,
  'orders-db': 2.4,
  'event-lake': 2.8,
  'analytics-warehouse': 2.2,
  'promotion-simulator': 0.3,
  'three-ds-redirect': 0.2,
};

async function readResources(): Promise<Entry[]> {
  const folder = path.join(paths.root, 'catalog', 'resources');
  const names = (await fs.readdir(folder)).filter(name => /\.yaml$/.test(name));
  const texts = await Promise.all(
    names.sort().map(name => fs.readFile(path.join(folder, name), 'utf8')),
  );
  return texts.flatMap(text =>
    parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(Boolean),
  );
}

/** What of the demo organisation costs money: all that runs, and all that is kept. */
export async function readEstate(): Promise<Item[]> {
  const entries: Entry[] = [
    ...(await readComponents()),
    ...(await readResources()),
  ];
  return entries
    .filter(({ kind, spec }) => kind !== 'API' && spec.type !== 'library')
    .map(({ kind, metadata: { name }, spec }) => ({
      name,
      kind: kind === 'Resource' ? 'resource' : 'component',
      type: spec.type,
      team: spec.owner,
      system: spec.system ?? '',
      provider: elsewhere[name] ?? 'aws',
      size: sizes[name] ?? seeded(`size of ${name}`).between(0.6, 1.4),
    }));
}
