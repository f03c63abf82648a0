import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  ExceptionsQuery,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';

/** An exception as the database has it. Once its last day is over it holds no more, whether or not that is written yet. */
export type ExceptionRow = {
  id: string;
  number: number;
  rule: string;
  scope: 'request' | 'resource';
  offering: string;
  environment: string;
  name: string;
  owner_ref: string;
  resource_id: string | null;
  request_id: string | null;
  reason: string;
  until: string;
  state:
    | 'pending'
    | 'granted'
    | 'refused'
    | 'withdrawn'
    | 'revoked'
    | 'expired';
  finding: RuleResult;
  asked_by: string;
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  comment: string | null;
  ended_by: string | null;
  ended_at: Date | null;
};

/** What an exception may be for. */
export type ExceptionSubject = {
  resourceId: string;
  offering: string;
  environment: string;
  name: string;
  owner: string;
};

/** The day of an instant, in UTC. */
export const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** Whether an exception is about a resource, or about what one was asked for under the same name. */
const sameSubject = `r.offering = e.offering and r.environment = e.environment
  and r.name = e.name and r.owner_ref = e.owner_ref
  and (e.scope = 'request' or e.resource_id = r.id)`;

/** Exceptions in the database. */
export class ExceptionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those that hold for something on a day, as rules want to be told of them. */
  async holding(
    { resourceId, offering, environment, name, owner }: ExceptionSubject,
    day: string,
    knex: Knex = this.#knex,
  ): Promise<PolicyInput['exceptions']> {
    const rows: ExceptionRow[] = await knex<ExceptionRow>('exceptions')
      .where({ state: 'granted', offering, environment, name })
      .where({ owner_ref: owner })
      .where('until', '>=', day)
      .where(which =>
        which
          .where({ scope: 'request' })
          .orWhere({ scope: 'resource', resource_id: resourceId }),
      )
      .orderBy([{ column: 'until', order: 'desc' }, { column: 'number' }]);
    return rows.map(({ rule, until, number }) => ({
      rule,
      until,
      number: String(number),
    }));
  }

  /** @throws ConflictError when the same is asked for already */
  async add(
    tx: Knex.Transaction,
    row: Omit<Partial<ExceptionRow>, 'finding'> & { finding: RuleResult },
  ): Promise<ExceptionRow> {
    const [added] = await tx('exceptions')
      .insert({ ...row, finding: JSON.stringify(row.finding) })
      .onConflict(
        tx.raw(
          `(rule, scope, offering, environment, name, owner_ref) where state = 'pending'`,
        ),
      )
      .ignore()
      .returning<ExceptionRow[]>('*');
    if (!added) {
      throw new ConflictError(
        `An exception from ${row.rule} for ${row.name} waits for a decision already`,
      );
    }
    return added;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<ExceptionRow> {
    return this.#found(
      await this.#knex<ExceptionRow>('exceptions').where({ id }).first(),
      id,
    );
  }

  /** The same, so that nobody else changes it until the transaction ends. @throws NotFoundError */
  async lock(tx: Knex.Transaction, id: string): Promise<ExceptionRow> {
    return this.#found(
      await tx<ExceptionRow>('exceptions').where({ id }).forUpdate().first(),
      id,
    );
  }

  async change(
    tx: Knex.Transaction,
    id: string,
    patch: Partial<Omit<ExceptionRow, 'finding'>>,
  ): Promise<ExceptionRow> {
    const [changed] = await tx<ExceptionRow>('exceptions')
      .where({ id })
      .update(patch)
      .returning('*');
    return changed;
  }

  /** Has what an exception is for judged anew. */
  async judgeAnew(tx: Knex.Transaction, row: ExceptionRow): Promise<void> {
    const { offering, environment, name, owner_ref } = row;
    await tx('resources')
      .where({ offering, environment, name, owner_ref })
      .update({ judged_at: null });
  }

  /** A page of them, newest first. */
  async list(
    query: ExceptionsQuery,
    day: string,
  ): Promise<{ rows: ExceptionRow[]; total: number }> {
    const { state, owner, rule, resource, request } = query;
    const { limit = 50, offset = 0 } = query;
    const found = this.#knex<ExceptionRow>('exceptions as e').modify(rows => {
      if (owner) rows.where('e.owner_ref', owner);
      if (rule) rows.where('e.rule', rule);
      if (state?.length) {
        rows.whereRaw(
          `case when e.state in ('pending', 'granted') and e.until < ?
              then 'expired' else e.state end = any(?)`,
          [day, state as string[]],
        );
      }
      const subject = this.#knex('resources as r').whereRaw(sameSubject);
      if (resource) {
        rows.whereExists(subject.clone().where('r.id', resource));
      }
      if (request) {
        rows.whereExists(
          subject
            .clone()
            .join('requests as q', 'q.resource_id', 'r.id')
            .where('q.id', request),
        );
      }
    });
    const [{ total }] = await found.clone().count({ total: '*' });
    const rows: ExceptionRow[] = await found
      .select('e.*')
      .orderBy('e.number', 'desc')
      .limit(limit)
      .offset(offset);
    return { rows, total: Number(total) };
  }

  #found(row: ExceptionRow | undefined, id: string): ExceptionRow {
    if (!row) throw new NotFoundError(`There is no exception ${id}`);
    return row;
  }
}
