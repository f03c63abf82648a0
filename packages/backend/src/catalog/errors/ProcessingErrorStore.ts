import type { DatabaseService } from '@backstage/backend-plugin-api';

/** One entity that the catalog could not process, as its tables hold it. */
export type ProcessingErrorRow = {
  entity_ref: string;
  errors: string;
  unprocessed_entity: string;
};

/** Reads what the catalog notes about entities that it could not process. */
export class ProcessingErrorStore {
  readonly #database: DatabaseService;

  constructor(database: DatabaseService) {
    this.#database = database;
  }

  async list(page: { limit: number; offset: number }): Promise<{
    rows: ProcessingErrorRow[];
    total: number;
  }> {
    const knex = await this.#database.getClient();
    const failing = () =>
      knex('refresh_state').whereNotIn('errors', ['', '[]']);
    const rows = await failing()
      .select<ProcessingErrorRow[]>(
        'entity_ref',
        'errors',
        'unprocessed_entity',
      )
      .orderBy('entity_ref')
      .limit(page.limit)
      .offset(page.offset);
    const [{ count }] = await failing().count({ count: '*' });
    return { rows, total: Number(count) };
  }
}
