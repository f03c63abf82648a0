import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { chargesOf, type Charge } from './charges.ts';
import type { Item, Provider } from './estate.ts';
import { csvOf, focusColumns, type Amount } from './focus.ts';
import { monthsUntil, type Month } from './months.ts';
import { hands } from './providers.ts';

/** A file as a provider hands it over. */
export type Bill = {
  provider: Provider;
  /** Its billing period: 2026-11. */
  month: string;
  filename: string;
  currency: string;
  rows: number;
  /** What the provider asks for in its invoice. */
  total: Amount;
  content: () => Promise<Uint8Array>;
};

/** The byte order mark that Excel wants, and Azure writes. */
const mark = '\uFEFF';

function contentOf(provider: Provider, month: Month, charges: Charge[]) {
  const hand = hands[provider];
  const text = csvOf({
    columns: focusColumns[hand.version(month)],
    rows: charges.map(charge => hand.row(charge, month)),
    nothing: hand.nothing,
  });
  switch (provider) {
    case 'aws':
      return promisify(gzip)(text);
    case 'azure':
      return Promise.resolve(Buffer.from(`${mark}${text}`));
    default:
      return Promise.resolve(Buffer.from(text));
  }
}

/** Who bills Larkspur, in the order in which the bills come. */
export const providers = ['aws', 'azure', 'google'] as const;

const endings: Record<Provider, string> = {
  aws: 'csv.gz',
  azure: 'csv',
  google: 'csv',
};

function billOf(provider: Provider, month: Month, all: Charge[]): Bill {
  const charges = all.filter(charge => charge.provider === provider);
  return {
    provider,
    month: month.name,
    filename: `larkspur-${provider}-${month.name}.${endings[provider]}`,
    currency: hands[provider].currency,
    rows: charges.length,
    total: charges.reduce((sum, { billed }) => sum + billed, 0n),
    content: () => contentOf(provider, month, charges),
  };
}

/**
 * The bills of the demo organisation up to an instant, oldest first, a month
 * at a time: nobody needs them all at once. The same for the same day.
 */
export function* billsUntil(estate: Item[], until: number): Generator<Bill> {
  for (const month of monthsUntil(until)) {
    const charges = chargesOf(estate, month);
    for (const provider of providers) {
      yield billOf(provider, month, charges);
    }
  }
}
