import type { HistoryRun } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { HistoryFacts, HistoryOptions } from './historyFacts';

/** What a history is to be brought of. */
export type HistoryOrder = {
  entityRef: string;
  repository: string;
  options: HistoryOptions;
  requestedBy: string;
};

/** A run that one replica works on. */
export type ClaimedRun = HistoryOrder & { id: string; attempts: number };

type Row = {
  id: string;
  entity_ref: string;
  repository: string;
  options: HistoryOptions;
  requested_by: string;
  requested_at: Date;
  finished_at: Date | null;
  state: HistoryRun['state'];
  attempts: number;
  summary: HistoryFacts['summary'] | null;
  message: string | null;
};

/** A replica that says nothing for so long has died. */
const leaseSeconds = 60;

function shown(row: Row): HistoryRun {
  return {
    id: String(row.id),
    entityRef: row.entity_ref,
    repository: row.repository,
    options: row.options,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    state: row.state,
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
    ...(row.summary && { summary: row.summary }),
    ...(row.message && { message: row.message }),
  };
}

/** Keeps what was asked for, so that a restart forgets nothing. */
export class HistoryRunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(order: HistoryOrder): Promise<HistoryRun> {
    const [row] = await this.#knex<Row>('history_runs')
      .insert({
        entity_ref: order.entityRef,
        repository: order.repository,
        options: order.options,
        requested_by: order.requestedBy,
      })
      .returning('*');
    return shown(row);
  }

  async find(id: string): Promise<HistoryRun | undefined> {
    const row = await this.#knex<Row>('history_runs').where({ id }).first();
    return row && shown(row);
  }

  /** Takes the oldest run that waits, or whose replica died. */
  async claim(): Promise<ClaimedRun | undefined> {
    const { rows } = await this.#knex.raw<{ rows: Row[] }>(
      `update history_runs set state = 'running', attempts = attempts + 1,
          leased_until = now() + ? * interval '1 second'
        where id = (
          select id from history_runs
          where state = 'waiting' or (state = 'running' and leased_until < now())
          order by id limit 1 for update skip locked
        )
        returning *`,
      [leaseSeconds],
    );
    return rows.map(row => ({
      id: String(row.id),
      entityRef: row.entity_ref,
      repository: row.repository,
      options: row.options,
      requestedBy: row.requested_by,
      attempts: row.attempts,
    }))[0];
  }

  /** Says that the run is still being worked on. */
  async renew(id: string): Promise<void> {
    await this.#knex.raw(
      `update history_runs set leased_until = now() + ? * interval '1 second'
        where id = ? and state = 'running'`,
      [leaseSeconds, id],
    );
  }

  async succeed(id: string, summary: HistoryFacts['summary']): Promise<void> {
    await this.#end(id, { state: 'done', summary: JSON.stringify(summary) });
  }

  async fail(id: string, message: string): Promise<void> {
    await this.#end(id, { state: 'failed', message: message.slice(0, 2000) });
  }

  async #end(id: string, result: object): Promise<void> {
    await this.#knex('history_runs')
      .where({ id })
      .update({ ...result, finished_at: this.#knex.fn.now() });
  }
}
