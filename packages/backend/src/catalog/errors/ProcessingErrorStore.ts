import type { DatabaseService } from '@backstage/backend-plugin-api';

/** One entity that the catalog could not process, as its tables hold it. */
export type ProcessingErrorRow = {
  entity_ref: string;
  errors: string;
  unprocessed_entity: string;
  /** Whether a version that could be processed is in the catalog. */
  in_catalog: boolean;
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
      knex('refresh_state').whereNotIn('refresh_state.errors', ['', '[]']);
    const rows = await failing()
      .leftJoin(
        'final_entities',
        'final_entities.entity_id',
        'refresh_state.entity_id',
      )
      .select<ProcessingErrorRow[]>(
        'refresh_state.entity_ref',
        'refresh_state.errors',
        'refresh_state.unprocessed_entity',
        knex.raw('final_entities.final_entity is not null as in_catalog'),
      )
      .orderBy('refresh_state.entity_ref')
      .limit(page.limit)
      .offset(page.offset);
    const [{ count }] = await failing().count({ count: '*' });
    return { rows, total: Number(count) };
  }
}
