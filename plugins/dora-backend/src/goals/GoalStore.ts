import { ConflictError } from '@backstage/errors';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { GoalTerms, Side, StoredGoal } from './Goal';

type GoalRow = {
  id: string;
  group_ref: string;
  title: string | null;
  environment: string;
  environment_id: number;
  metric: StoredGoal['metric'];
  percentile: StoredGoal['percentile'];
  target: number;
  start: string;
  due: string | null;
  set_by: string;
  set_at: Date;
  changed_by: string | null;
  changed_at: Date | null;
  ended_by: string | null;
  ended_at: Date | null;
  side: Side | null;
};

const selected = `
  select g.*, n.name as environment, e.title,
    g.starts_on::text as start, g.due_on::text as due
  from goals g
  join environments n on n.id = g.environment_id
  left join entities e on e.ref = g.group_ref`;

function toGoal(row: GoalRow): StoredGoal {
  return {
    id: row.id,
    entityRef: row.group_ref,
    title: row.title ?? row.group_ref,
    metric: row.metric,
    percentile: row.percentile,
    target: row.target,
    environment: row.environment,
    environmentId: row.environment_id,
    start: row.start,
    due: row.due,
    setBy: row.set_by,
    setAt: row.set_at,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
    side: row.side,
  };
}

/** Keeps goals; an ended one stays. */
export class GoalStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param query.groups - only theirs; of all groups when absent */
  async list(query: {
    groups?: string[];
    state: 'active' | 'ended';
    limit: number;
    offset: number;
  }): Promise<{ goals: StoredGoal[]; total: number }> {
    const { groups, state, limit, offset } = query;
    const condition = `g.ended_at is ${state === 'ended' ? 'not' : ''} null
      and (:groups::text[] is null or g.group_ref = any(:groups::text[]))`;
    const bindings = { groups: groups ?? null, limit, offset };
    const { rows } = await this.#knex.raw<{ rows: GoalRow[] }>(
      `${selected} where ${condition}
        order by ${
          state === 'ended' ? 'g.ended_at desc, ' : ''
        }coalesce(e.title, g.group_ref), g.group_ref, g.metric, g.percentile, g.id
        limit :limit offset :offset`,
      bindings,
    );
    const counted = await this.#knex.raw<{ rows: [{ total: number }] }>(
      `select count(*)::int as total from goals g where ${condition}`,
      bindings,
    );
    return { goals: rows.map(toGoal), total: counted.rows[0].total };
  }

  /** Every goal that is pursued. */
  async active(): Promise<StoredGoal[]> {
    const { rows } = await this.#knex.raw<{ rows: GoalRow[] }>(
      `${selected} where g.ended_at is null order by g.id`,
    );
    return rows.map(toGoal);
  }

  async find(id: string): Promise<StoredGoal | undefined> {
    const { rows } = await this.#knex.raw<{ rows: GoalRow[] }>(
      `${selected} where g.id = ?`,
      [id],
    );
    return rows.map(toGoal).at(0);
  }

  /**
   * @returns its id
   * @throws ConflictError when the group pursues such a goal already
   */
  async add(
    terms: GoalTerms & { environmentId: number },
    by: string,
  ): Promise<string> {
    try {
      const [{ id }] = await this.#knex('goals')
        .insert({
          group_ref: terms.entityRef,
          environment_id: terms.environmentId,
          metric: terms.metric,
          percentile: terms.percentile,
          target: terms.target,
          starts_on: terms.start,
          due_on: terms.due,
          set_by: by,
        })
        .returning<{ id: string }[]>('id');
      return id;
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw new ConflictError(
        `${terms.entityRef} already has a goal for ${terms.metric} in ${terms.environment}; change that one, or end it`,
      );
    }
  }

  /**
   * Changes a goal that is pursued.
   *
   * @param changeOf - what to write, from what it is now; others who change it wait
   * @returns what it was before, or undefined when none is pursued by that id
   */
  async change(
    id: string,
    changeOf: (
      before: StoredGoal,
    ) => Pick<GoalTerms, 'target' | 'start' | 'due'>,
    by: string,
  ): Promise<StoredGoal | undefined> {
    return this.#knex.transaction(async tx => {
      const { rows } = await tx.raw<{ rows: GoalRow[] }>(
        `${selected} where g.id = ? and g.ended_at is null for update of g`,
        [id],
      );
      const before = rows.map(toGoal).at(0);
      if (!before) return undefined;
      const { target, start, due } = changeOf(before);
      await tx('goals')
        .where({ id })
        .update({
          target,
          starts_on: start,
          due_on: due,
          changed_by: by,
          changed_at: tx.fn.now(),
          // Who moves the target crosses nothing.
          ...(target === before.target ? {} : { side: null }),
        });
      return before;
    });
  }

  /** @returns whether it was pursued until now */
  async end(id: string, by: string): Promise<boolean> {
    const ended = await this.#knex('goals')
      .where({ id, ended_at: null })
      .update({ ended_by: by, ended_at: this.#knex.fn.now() });
    return ended > 0;
  }

  /** Notes where a goal that was not seen before stands, unless its target was moved meanwhile. */
  async noteSide({ id, target }: StoredGoal, side: Side): Promise<void> {
    await this.#knex('goals')
      .where({ id, target, side: null })
      .update({ side });
  }

  /**
   * Notes that a goal changed sides, and tells of it, both or neither. Of
   * several who notice it at once one tells.
   *
   * @param tell - given the number of the crossing, the same when it is tried again
   */
  async cross(
    id: string,
    to: Side,
    tell: (crossing: number) => Promise<void>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const { rows } = await tx.raw<{ rows: { crossings: number }[] }>(
        `update goals set side = :to, crossings = crossings + 1
          where id = :id and ended_at is null and side <> :to
          returning crossings`,
        { id, to },
      );
      if (rows.length > 0) await tell(rows[0].crossings);
    });
  }
}
