import { InputError } from '@backstage/errors';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const fileSchema = z.strictObject({
  source: z.string().min(1),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  currency: z.literal('USD'),
  prices: z.record(
    z.string(),
    z.strictObject({
      unit: z.string().min(1),
      amount: z.number().nonnegative(),
    }),
  ),
});

/** What one unit costs, and who says so since when. */
export type Price = {
  unit: string;
  /** US dollars. */
  amount: number;
  source: string;
  date: string;
};

/** What things cost before there is a bill: the files of a folder, each with its source and date. */
export class PriceBook {
  readonly #prices: ReadonlyMap<string, Price>;

  constructor(prices: ReadonlyMap<string, Price>) {
    this.#prices = prices;
  }

  /** @throws InputError that names the file and what is wrong in it */
  static async read(folder: string): Promise<PriceBook> {
    const prices = new Map<string, Price>();
    const files = (await readdir(folder)).filter(name => /\.ya?ml$/.test(name));
    for (const name of files.sort()) {
      const text = await readFile(path.join(folder, name), 'utf8');
      const parsed = fileSchema.safeParse(parse(text));
      if (!parsed.success) {
        throw new InputError(
          `Price book ${name}: ${z.prettifyError(parsed.error)}`,
        );
      }
      const { source, date, prices: listed } = parsed.data;
      for (const [key, price] of Object.entries(listed)) {
        if (prices.has(key)) {
          throw new InputError(`Price book ${name}: ${key} is there twice`);
        }
        prices.set(key, { ...price, source, date });
      }
    }
    return new PriceBook(prices);
  }

  /** What a key costs; undefined when nobody wrote it down. */
  find(key: string): Price | undefined {
    return this.#prices.get(key);
  }
}
