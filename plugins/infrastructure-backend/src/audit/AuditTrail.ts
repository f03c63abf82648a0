import type { JsonObject } from '@backstage/types';
import type {
  AuditAction,
  AuditEntry,
  AuditPage,
  AuditQuery,
  AuditVerification,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import stableStringify from 'safe-stable-stringify';
import { periodOf } from './period';

/** Something that was done, by whom and to what. */
export type Event = {
  action: AuditAction;
  /** Entity reference of the person; absent when the portal did it by itself. */
  by?: string;
  request?: string;
  resource?: string;
  detail?: JsonObject;
};

type Row = {
  number: string;
  at: Date;
  action: string;
  by_ref: string | null;
  request_id: string | null;
  resource_id: string | null;
  detail: JsonObject;
  previous_hash: string;
  hash: string;
};

const partSize = 1000;

/** What the first entry names as the one before it. */
export const genesis = '0'.repeat(64);
/** Names the one place where entries are chained, among the database's advisory locks. */
const chainLock = 7_042_001;

/** The hash of an entry, from all of it and the hash before. */
export function hashOf(
  entry: Omit<AuditEntry, 'hash' | 'previousHash'>,
  previousHash: string,
): string {
  return createHash('sha256')
    .update(`${previousHash}\n${stableStringify(entry)}`)
    .digest('hex');
}

function toEntry(row: Row): AuditEntry {
  return {
    number: Number(row.number),
    at: row.at.toISOString(),
    action: row.action,
    ...(row.by_ref && { by: row.by_ref }),
    ...(row.request_id && { request: row.request_id }),
    ...(row.resource_id && { resource: row.resource_id }),
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** Writes down everything that is done, each entry chained to the one before by its hash. */
export class AuditTrail {
  readonly #knex: Knex;
  readonly #now: () => Date;
  readonly #tell: (entries: AuditEntry[]) => void;

  constructor(
    knex: Knex,
    options: {
      now?: () => Date;
      /** Told of entries once they are written for good. */
      tell?: (entries: AuditEntry[]) => void;
    } = {},
  ) {
    this.#knex = knex;
    this.#now = options.now ?? (() => new Date());
    this.#tell = options.tell ?? (() => undefined);
  }

  /**
   * Appends to the trail, as part of the transaction that does what is told:
   * both happen, or neither. Others who append wait until that ends, so append
   * last.
   */
  async append(tx: Knex.Transaction, events: Event[]): Promise<void> {
    if (events.length === 0) return;
    const last = await this.#lockLast(tx);
    let number = Number(last?.number ?? 0);
    let previousHash = last?.hash ?? genesis;
    const rows = events.map(({ action, by, request, resource, detail }) => {
      number += 1;
      const entry = {
        number,
        at: this.#now().toISOString(),
        action,
        ...(by && { by }),
        ...(request && { request }),
        ...(resource && { resource }),
        // As the database gives it back: without what JSON does not know.
        detail: JSON.parse(JSON.stringify(detail ?? {})) as JsonObject,
      };
      const row = {
        number,
        at: entry.at,
        action,
        by_ref: by ?? null,
        request_id: request ?? null,
        resource_id: resource ?? null,
        detail: JSON.stringify(entry.detail),
        previous_hash: previousHash,
        hash: hashOf(entry, previousHash),
      };
      previousHash = row.hash;
      return row;
    });
    const written: Row[] = await tx('audit').insert(rows).returning('*');
    // What is rolled back never happened.
    void tx.executionPromise.then(
      () => this.#tell(written.map(toEntry)),
      () => undefined,
    );
  }

  /**
   * The newest entry, which stays the newest until the transaction ends. Two
   * statements, for the second has to see what whoever was waited for wrote; in
   * one message, for everybody else waits meanwhile.
   */
  async #lockLast(
    tx: Knex.Transaction,
  ): Promise<Pick<Row, 'number' | 'hash'> | undefined> {
    const [, { rows }] = await tx.raw<
      [unknown, { rows: Pick<Row, 'number' | 'hash'>[] }]
    >(
      `select pg_advisory_xact_lock(${chainLock});
        select number, hash from audit order by number desc limit 1`,
    );
    return rows[0];
  }

  /** Every entry after one, oldest first, in parts that memory has room for. */
  async *entries(after = 0): AsyncIterable<AuditEntry[]> {
    for (let last = after; ; ) {
      const rows: Row[] = await this.#knex<Row>('audit')
        .where('number', '>', last)
        .orderBy('number')
        .limit(partSize);
      if (rows.length === 0) return;
      yield rows.map(toEntry);
      last = Number(rows[rows.length - 1].number);
    }
  }

  /** Whether each entry fits to the one before, from the first to the last. */
  async verify(): Promise<AuditVerification> {
    let entries = 0;
    let lastHash = genesis;
    for await (const part of this.entries()) {
      for (const { hash, previousHash, ...entry } of part) {
        const fits =
          entry.number === entries + 1 &&
          previousHash === lastHash &&
          hash === hashOf(entry, previousHash);
        if (!fits) {
          return { entries, whole: false, brokenAt: entry.number, lastHash };
        }
        entries += 1;
        lastHash = hash;
      }
    }
    return { entries, whole: true, lastHash };
  }

  /**
   * The newest entries on a request, oldest of them first.
   *
   * @returns them, and how many there are before them
   */
  async newest(of: {
    request: string;
    before?: number;
    limit: number;
  }): Promise<{ items: AuditEntry[]; earlier: number }> {
    const found = this.#knex<Row>('audit')
      .where({ request_id: of.request })
      .modify(rows => {
        if (of.before) rows.where('number', '<', of.before);
      });
    const rows: Row[] = await found
      .clone()
      .orderBy('number', 'desc')
      .limit(of.limit + 1);
    const items = rows.slice(0, of.limit).map(toEntry).reverse();
    if (rows.length <= of.limit) return { items, earlier: 0 };
    const [{ total }] = await found.clone().count({ total: '*' });
    return { items, earlier: Number(total) - items.length };
  }

  /** Reads a part of the trail, oldest first. */
  async read(query: AuditQuery): Promise<AuditPage> {
    const { action, by, request, resource, after = 0, limit = 50 } = query;
    const { from, to } = periodOf(query);
    const rows: Row[] = await this.#knex<Row>('audit')
      .where('number', '>', after)
      .modify(found => {
        if (request) found.where({ request_id: request });
        if (resource) found.where({ resource_id: resource });
        if (action) found.where({ action });
        if (by) found.where({ by_ref: by });
        if (from) found.where('at', '>=', from);
        if (to) found.where('at', '<', to);
      })
      .orderBy('number')
      .limit(limit + 1);
    return {
      items: rows.slice(0, limit).map(toEntry),
      more: rows.length > limit,
    };
  }
}
