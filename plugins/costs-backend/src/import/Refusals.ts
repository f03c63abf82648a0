import type { ColumnProblem, RefusedRow } from '@waymark/plugin-costs-common';
import { quoted, type Duck } from './Duck';
import { failedValue, firstFailed, type Check, type Texts } from './focusSql';
import type { Source } from './source';
import { sliverText, type Sliver } from './strays';

const listedRows = 1000;

type Failed = { failed: number; value: string | null };

/** Finds the rows of a file that cannot be taken. Asked only when there are some, as it reads the file once more. */
export class Refusals {
  readonly #duck: Duck;
  readonly #source: Source;
  readonly #texts: Texts;
  readonly #checks: Check[];

  constructor(options: {
    duck: Duck;
    source: Source;
    texts: Texts;
    checks: Check[];
  }) {
    this.#duck = options.duck;
    this.#source = options.source;
    this.#texts = options.texts;
    this.#checks = options.checks;
  }

  /** Lines that are no rows: with a value too many, or a quotation mark too few. Known once the file was read. */
  async lines(): Promise<{ count: number; rows: RefusedRow[] }> {
    if (!this.#source.hasLines) return { count: 0, rows: [] };
    const rows = await this.#duck.rows<{
      line: bigint;
      kind: string;
      lines: bigint;
    }>(
      `select line, any_value(cast(error_type as varchar)) as kind,
        count(*) over () as lines
        from reject_errors group by line order by line limit ${listedRows}`,
    );
    return {
      count: Number(rows[0]?.lines ?? 0),
      rows: rows.map(({ line, kind }) => ({
        line: Number(line),
        column: '',
        reason: `the line is no row: ${kind.toLowerCase()}`,
      })),
    };
  }

  /** Rows of which a check does not hold. */
  async rows(): Promise<RefusedRow[]> {
    const rows = await this.#duck.rows<Failed & { line: bigint }>(
      `select line, failed, ${failedValue(this.#checks, this.#texts)} as value
        from (${this.#numbered()}) where failed is not null
        order by line limit ${listedRows}`,
    );
    return rows.map(({ line, failed, value }) => ({
      line: Number(line),
      column: this.#checks[failed].column,
      reason: this.#checks[failed].explain(value),
    }));
  }

  /** Columns with values of another type than theirs. */
  async columns(): Promise<ColumnProblem[]> {
    const kinds = await this.#duck.rows<
      Omit<Failed, 'value'> & { rows: bigint; example: string | null }
    >(
      `select failed, count(*) as rows, min(value) as example
        from (select failed, ${failedValue(
          this.#checks,
          this.#texts,
        )} as value from (${this.#numbered()}))
        where failed is not null group by failed order by failed`,
    );
    return kinds
      .filter(({ failed }) => this.#checks[failed].isType)
      .map(({ failed, rows, example }) => ({
        column: this.#checks[failed].column,
        rows: Number(rows),
        example: example?.slice(0, 100) ?? null,
      }));
  }

  /** Rows whose tags are among `wrong_tags`. */
  async tags(): Promise<RefusedRow[]> {
    const rows = await this.#duck.rows<{ line: bigint; reason: string }>(
      `select line, reason from (${this.#numbered()}) r
        join wrong_tags w on w.raw = r.tags
        order by line limit ${listedRows}`,
    );
    return rows.map(({ line, reason }) => ({
      line: Number(line),
      column: 'Tags',
      reason,
    }));
  }

  /**
   * Rows of billing periods that the file is not about.
   *
   * @param period - the expression for the start of a row's billing period
   */
  async strays(period: string, strays: Sliver[]): Promise<RefusedRow[]> {
    const starts = strays.map(({ start }) => `date ${quoted(start)}`);
    const rows = await this.#duck.rows<{ line: bigint; start: string }>(
      `select line, cast(period as varchar) as start
        from (${this.#numbered(period)}) where period in (${starts.join(', ')})
        order by line limit ${listedRows}`,
    );
    const reasons = new Map(
      strays.map(stray => [stray.start, sliverText(stray)]),
    );
    return rows.map(({ line, start }) => ({
      line: Number(line),
      column: 'BillingPeriodStart',
      reason: reasons.get(start) ?? '',
    }));
  }

  #numbered(period = 'null::date'): string {
    return `select *, row_number() over () + ${
      this.#source.firstLine - 1
    } as line, ${firstFailed(this.#checks)} as failed,
      ${this.#texts.get('Tags') ?? 'null::varchar'} as tags, ${period} as period
      from ${this.#source.rows}`;
  }
}
