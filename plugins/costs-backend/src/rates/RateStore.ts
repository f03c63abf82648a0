import type { ExchangeRate } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { plain, sql, value, type Sql } from '../charges/sql';
import { holdsDays, type NewRate } from './rates';
import type { RateKey } from './RatesService';

type RateRow = Omit<ExchangeRate, 'setAt'> & { setAt: Date };

/** Each rate with the day from which it does not hold any more: that of the next, or of its age. */
const held = `
  select from_currency, to_currency, day, rate, source, set_by, set_at,
    least(lead(day) over (partition by from_currency, to_currency order by day),
      day + ${holdsDays}) as upto
  from exchange_rates`;

const fields = `from_currency as "from", to_currency as "to", day::text,
  upto::text as "holdsUntil", trim_scale(rate)::text as rate, source,
  set_by as "setBy", set_at as "setAt"`;

const toRate = (row: RateRow): ExchangeRate => ({
  ...row,
  setAt: row.setAt.toISOString(),
});

/**
 * The rates into a currency, one row for each day on which one holds:
 * `from_currency`, `on_day`, `day`, `rate` and `source`.
 */
export const ratesByDay = (into: string, from: string, to: string): Sql => sql`
  select h.from_currency, d::date as on_day, h.day, h.rate, h.source
  from (${plain(held)}) h
  cross join lateral generate_series(
    greatest(h.day, ${value(from, 'date')})::timestamp,
    (least(h.upto, ${value(to, 'date')}) - 1)::timestamp, '1 day') d
  where h.to_currency = ${value(into)}
    and h.day < ${value(to, 'date')} and h.upto > ${value(from, 'date')}`;

/** Keeps exchange rates. */
export class RateStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The newest first. */
  async list(query: {
    from?: string;
    to?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: ExchangeRate[]; total: number }> {
    const { from = null, to = null, limit, offset } = query;
    const meant = `where (:from::text is null or from_currency = :from)
      and (:to::text is null or to_currency = :to)`;
    const bound = { from, to, limit, offset };
    const { rows } = await this.#knex.raw<{ rows: RateRow[] }>(
      `select ${fields} from (${held}) h ${meant}
        order by day desc, 1, 2 limit :limit offset :offset`,
      bound,
    );
    const { rows: counted } = await this.#knex.raw<{
      rows: { total: number }[];
    }>(`select count(*)::int as total from exchange_rates ${meant}`, bound);
    return { items: rows.map(toRate), total: counted[0].total };
  }

  async find(
    tx: Knex,
    { from, to, day }: RateKey,
  ): Promise<ExchangeRate | undefined> {
    const { rows } = await tx.raw<{ rows: RateRow[] }>(
      `select ${fields} from (${held}) h
        where from_currency = ? and to_currency = ? and day = ?::date`,
      [from, to, day],
    );
    return rows[0] && toRate(rows[0]);
  }

  /** @returns how many are new, and how many others say something else now */
  async put(
    tx: Knex,
    rates: NewRate[],
    setBy: string,
  ): Promise<{ added: number; changed: number }> {
    const column = (name: keyof NewRate) => rates.map(rate => rate[name]);
    const { rows } = await tx.raw<{ rows: { added: boolean }[] }>(
      `insert into exchange_rates as r
          (from_currency, to_currency, day, rate, source, set_by)
        select *, ? from unnest(?::text[], ?::text[], ?::date[], ?::numeric[], ?::text[])
        on conflict (from_currency, to_currency, day) do update
          set rate = excluded.rate, source = excluded.source,
            set_by = excluded.set_by, set_at = now()
          where (r.rate, r.source) is distinct from (excluded.rate, excluded.source)
        returning xmax = 0 as added`,
      [
        setBy,
        column('from'),
        column('to'),
        column('day'),
        column('rate'),
        column('source'),
      ],
    );
    const added = rows.filter(row => row.added).length;
    return { added, changed: rows.length - added };
  }

  async remove(tx: Knex, { from, to, day }: RateKey): Promise<void> {
    await tx('exchange_rates')
      .where({ from_currency: from, to_currency: to, day })
      .delete();
  }
}
