import type {
  ExceptionKind,
  ExceptionState,
} from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import { isInForce, today } from './holding';

/** What is asked for. */
export type NewExceptionRow = {
  entity_ref: string;
  title: string;
  owner: string | null;
  kind: ExceptionKind;
  reason: string;
  /** A day. */
  until: string;
  asked_by: string;
};

/** An exception as it is kept. */
export type ExceptionRow = NewExceptionRow & {
  id: string;
  state: ExceptionState;
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  comment: string | null;
  ended_by: string | null;
  ended_at: Date | null;
};

export type ExceptionFilter = {
  entityRef?: string;
  owner?: string;
  state?: ExceptionState;
};

/** A change of an exception that is still as it is expected to be. */
export type ExceptionChange = Partial<
  Pick<
    ExceptionRow,
    'state' | 'until' | 'decided_by' | 'comment' | 'ended_by'
  > & { decided_at: Knex.Raw; ended_at: Knex.Raw }
>;

/** What somebody is told once. */
export type Notice = 'told_at' | 'answered_at' | 'warned_at';

const expire = `update exceptions set state = 'expired'
  where state in ('pending', 'granted') and until < ${today}`;

/** Keeps exceptions, and says which hold. */
export class ExceptionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those that are over are noted as such first. @returns nothing when one of the kind is open */
  async add(exception: NewExceptionRow): Promise<ExceptionRow | undefined> {
    return this.#knex.transaction(async tx => {
      await tx.raw(expire);
      const [row] = await tx('exceptions')
        .insert(exception)
        .onConflict(
          tx.raw(`(entity_ref, kind) where state in ('pending', 'granted')`),
        )
        .ignore()
        .returning<ExceptionRow[]>(columns(tx));
      return row;
    });
  }

  async find(id: string): Promise<ExceptionRow | undefined> {
    return this.#knex('exceptions').where({ id }).first(columns(this.#knex));
  }

  async list(
    filter: ExceptionFilter,
    page: { limit: number; offset: number },
  ): Promise<{ items: ExceptionRow[]; total: number }> {
    await this.expire();
    const matching = () =>
      this.#knex('exceptions').where(query => {
        if (filter.entityRef) query.where('entity_ref', filter.entityRef);
        if (filter.owner) query.where('owner', filter.owner);
        if (filter.state) query.where('state', filter.state);
      });
    const [items, [{ total }]] = await Promise.all([
      matching()
        .orderBy([{ column: 'asked_at', order: 'desc' }, 'id'])
        .limit(page.limit)
        .offset(page.offset)
        .select<ExceptionRow[]>(columns(this.#knex)),
      matching().count<{ total: string }[]>({ total: '*' }),
    ]);
    return { items, total: Number(total) };
  }

  /** Those that hold today, of these services or of all. */
  async holding(entityRefs?: string[]): Promise<ExceptionRow[]> {
    return this.#knex('exceptions')
      .whereRaw(isInForce)
      .modify(query => {
        if (entityRefs) query.whereIn('entity_ref', entityRefs);
      })
      .orderBy(['until', 'entity_ref'])
      .select(columns(this.#knex));
  }

  /** Those that let one of these services, or of all, stay on its version today; by the service. */
  async versionsHolding(
    entityRefs?: string[],
  ): Promise<Map<string, ExceptionRow>> {
    const holding = await this.holding(entityRefs);
    return new Map(
      holding
        .filter(({ kind }) => kind === 'version')
        .map(row => [row.entity_ref, row]),
    );
  }

  /** @returns nothing when it stands otherwise by now */
  async change(
    id: string,
    from: ExceptionState[],
    to: ExceptionChange,
  ): Promise<ExceptionRow | undefined> {
    const [row] = await this.#knex('exceptions')
      .where({ id })
      .whereIn('state', from)
      .andWhereRaw(`until >= ${today}`)
      .update(to)
      .returning<ExceptionRow[]>(columns(this.#knex));
    return row;
  }

  get now(): Knex.Raw {
    return this.#knex.raw('now()');
  }

  async expire(): Promise<void> {
    await this.#knex.raw(expire);
  }

  /** Takes those of which somebody is to be told; each is taken by one replica. */
  async take(
    notice: Notice,
    which: { states: ExceptionState[]; withinDays?: number },
  ): Promise<ExceptionRow[]> {
    return this.#knex('exceptions')
      .where({ [notice]: null })
      .whereIn('state', which.states)
      .modify(query => {
        if (which.withinDays !== undefined) {
          query.andWhereRaw(`until <= ${today} + ?::int`, [which.withinDays]);
        }
      })
      .update({ [notice]: this.now })
      .returning(columns(this.#knex));
  }

  /** They could not be told: the next look tries again. */
  async giveBack(id: string, notice: Notice): Promise<void> {
    await this.#knex('exceptions')
      .where({ id })
      .update({ [notice]: null });
  }
}

/** A day is read as text: as a moment it would be another one elsewhere. */
function columns(knex: Knex) {
  return [
    'id',
    'entity_ref',
    'title',
    'owner',
    'kind',
    'reason',
    knex.raw('until::text as until'),
    'state',
    'asked_by',
    'asked_at',
    'decided_by',
    'decided_at',
    'comment',
    'ended_by',
    'ended_at',
  ];
}
