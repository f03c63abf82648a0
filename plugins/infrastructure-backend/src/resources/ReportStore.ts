import type { Report } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import type { ResourceRow } from '../requests/records';

/** A report as the database has it. */
export type ReportRow = Omit<Report, 'at'> & {
  engine: string;
  sender: string;
  at: Date;
};

/** Keeps the newest report of each place. */
export class ReportStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Keeps a report. False when a newer one, or the same, is there already. */
  async keep(
    engine: string,
    sender: string,
    { at, place, revision, state, message }: Report,
  ): Promise<boolean> {
    const { rows } = await this.#knex.raw<{ rows: unknown[] }>(
      `insert into reports (engine, place, sender, revision, state, message, at)
        values (:engine, :place, :sender, :revision, :state, :message, :at)
        on conflict (engine, place) do update set
          sender = excluded.sender, revision = excluded.revision,
          state = excluded.state, message = excluded.message, at = excluded.at
        where excluded.at > reports.at
          or (excluded.at = reports.at and reports.state = 'working')
        returning place`,
      { engine, sender, at, place, revision, state, message },
    );
    return rows.length > 0;
  }

  /** The reports on a place and on what is around it, newest first. */
  async about(engine: string, place: string): Promise<ReportRow[]> {
    return this.#knex<ReportRow>('reports')
      .where({ engine })
      .whereRaw(`starts_with(? || '/', place || '/')`, [place])
      .orderBy('at', 'desc');
  }

  /** The resources at a place or below it. */
  async concerned(engine: string, place: string): Promise<ResourceRow[]> {
    return this.#knex<ResourceRow>('resources')
      .whereRaw(`handover ->> 'engine' = ?`, [engine])
      .whereRaw(`starts_with((handover ->> 'place') || '/', ? || '/')`, [place])
      .whereNot({ state: 'destroyed' });
  }

  /** The resources whose work others have not finished yet. */
  async waiting(): Promise<ResourceRow[]> {
    return this.#knex<ResourceRow>('resources as r')
      .whereExists(
        this.#knex('requests as q')
          .whereRaw('q.resource_id = r.id')
          .where({ 'q.state': 'reconciling' }),
      )
      .select('r.*');
  }
}
