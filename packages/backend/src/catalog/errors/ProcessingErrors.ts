import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import type {
  ProcessingErrorRow,
  ProcessingErrorStore,
} from './ProcessingErrorStore';

/** An entity that the catalog could not process, and why. */
export type ProcessingError = {
  entityRef: string;
  /** Where the entity was read, such as `url:https://…`; absent if unknown. */
  location?: string;
  messages: string[];
};

export type ProcessingErrorPage = {
  items: ProcessingError[];
  totalItems: number;
};

export type ProcessingErrorQuery = { limit: number; offset: number };

/** The entities that the catalog could not process, by reference. */
export interface ProcessingErrors {
  list(
    query: ProcessingErrorQuery,
    options: { credentials: BackstageCredentials },
  ): Promise<ProcessingErrorPage>;
}

export class StoredProcessingErrors implements ProcessingErrors {
  readonly #store: Pick<ProcessingErrorStore, 'list'>;

  constructor(store: Pick<ProcessingErrorStore, 'list'>) {
    this.#store = store;
  }

  async list(query: ProcessingErrorQuery): Promise<ProcessingErrorPage> {
    const { rows, total } = await this.#store.list(query);
    return { items: rows.map(toProcessingError), totalItems: total };
  }
}

function toProcessingError(row: ProcessingErrorRow): ProcessingError {
  const entity: Partial<Entity> = JSON.parse(row.unprocessed_entity);
  const errors: { message?: string }[] = JSON.parse(row.errors);
  const location = entity.metadata?.annotations?.[ANNOTATION_LOCATION];
  return {
    entityRef: row.entity_ref,
    ...(location && { location }),
    messages: errors.map(error => error.message ?? 'No reason was given'),
  };
}
