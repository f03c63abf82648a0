import type { Backfill } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';

/** What is to be brought, and of which projects. */
export type NewBackfill = {
  source: string;
  entityRef?: string;
  since: Date;
  requestedBy: string;
  projects: string[];
};

type Row = {
  id: string;
  source: string;
  entity_ref: string | null;
  since: Date;
  requested_by: string;
  requested_at: Date;
  state: Backfill['state'];
  waits_until: Date | null;
  finished_at: Date | null;
  message: string | null;
  projects: Backfill['projects'];
  current: { project: string; cursor: string | null } | null;
  problems: NonNullable<Backfill['problems']> | null;
};

const shownProblems = 20;

const shownColumns = `b.*, (
    select jsonb_build_object('total', count(*),
      'done', count(*) filter (where p.state = 'done'),
      'failed', count(*) filter (where p.state = 'failed'),
      'pages', coalesce(sum(p.pages), 0), 'facts', coalesce(sum(p.facts), 0))
    from backfill_projects p where p.backfill_id = b.id
  ) as projects, (
    select jsonb_build_object('project', p.project, 'cursor', p.cursor)
    from backfill_projects p
    where p.backfill_id = b.id and p.state = 'waiting' and b.state = 'running'
    order by p.position limit 1
  ) as current, (
    select jsonb_agg(jsonb_build_object('project', p.project, 'message', p.message)
      order by p.position)
    from (
      select * from backfill_projects
      where backfill_id = b.id and state = 'failed'
      order by position limit ${shownProblems}
    ) p
  ) as problems`;

function shown(row: Row): Backfill {
  const waits = row.waits_until && row.waits_until.getTime() > Date.now();
  return {
    id: String(row.id),
    source: row.source,
    ...(row.entity_ref && { entityRef: row.entity_ref }),
    since: row.since.toISOString(),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    state: row.state,
    ...(waits && { waitsUntil: row.waits_until!.toISOString() }),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
    ...(row.message && { message: row.message }),
    projects: row.projects,
    ...(row.current && {
      current: {
        project: row.current.project,
        ...(row.current.cursor && { cursor: row.current.cursor }),
      },
    }),
    ...(row.problems && { problems: row.problems }),
  };
}

/** Keeps what was asked for, and says how far it is. */
export class BackfillStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(backfill: NewBackfill): Promise<Backfill> {
    const id = await this.#knex.transaction(async tx => {
      const [added] = await tx('backfills')
        .insert({
          source: backfill.source,
          entity_ref: backfill.entityRef,
          since: backfill.since,
          requested_by: backfill.requestedBy,
        })
        .returning('id');
      await tx.raw(
        `insert into backfill_projects (backfill_id, position, project)
          select ?, position, project
          from unnest(?::text[]) with ordinality as p(project, position)`,
        [added.id, backfill.projects],
      );
      return String(added.id);
    });
    return (await this.find(id))!;
  }

  async find(id: string): Promise<Backfill | undefined> {
    const { rows } = await this.#knex.raw<{ rows: Row[] }>(
      `select ${shownColumns} from backfills b where b.id = ?`,
      [id],
    );
    return rows.map(shown)[0];
  }

  async list(
    limit: number,
    offset: number,
  ): Promise<{ items: Backfill[]; total: number }> {
    const { rows } = await this.#knex.raw<{ rows: Row[] }>(
      `select ${shownColumns} from backfills b
        order by b.id desc limit ? offset ?`,
      [limit, offset],
    );
    const [{ count }] = await this.#knex('backfills').count('* as count');
    return { items: rows.map(shown), total: Number(count) };
  }

  /** One that is open and wants the same. */
  async findOpen(
    source: string,
    entityRef: string | undefined,
  ): Promise<string | undefined> {
    const row = await this.#knex('backfills')
      .where({ source, entity_ref: entityRef ?? null })
      .whereIn('state', ['waiting', 'running'])
      .first('id');
    return row && String(row.id);
  }

  /** @returns whether there was one that was waiting or running */
  async cancel(id: string): Promise<boolean> {
    const changed = await this.#knex('backfills')
      .where({ id })
      .whereIn('state', ['waiting', 'running'])
      .update({
        state: 'cancelled',
        waits_until: null,
        message: null,
        finished_at: this.#knex.fn.now(),
      });
    return changed > 0;
  }

  /** @returns whether there was one that had failed or been cancelled */
  async resume(id: string): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const changed = await tx('backfills')
        .where({ id })
        .whereIn('state', ['failed', 'cancelled'])
        .update({
          state: 'waiting',
          attempts: 0,
          due_at: tx.fn.now(),
          finished_at: null,
          message: null,
        });
      if (changed === 0) return false;
      await tx('backfill_projects')
        .where({ backfill_id: id, state: 'failed' })
        .update({ state: 'waiting', message: null });
      return true;
    });
  }
}
