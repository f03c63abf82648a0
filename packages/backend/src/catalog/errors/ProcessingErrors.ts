import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, type Entity } from '@backstage/catalog-model';
import type {
  ProcessingErrorRow,
  ProcessingErrorStore,
} from './ProcessingErrorStore';

/** An entity that the catalog could not process, and why. */
export type ProcessingError = {
  entityRef: string;
  /** Whether an earlier version, that could be processed, is in the catalog. */
  inCatalog: boolean;
  /** The file concerned, such as `url:https://…`; absent if unknown. */
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
  const location = locationOf(entity);
  return {
    entityRef: row.entity_ref,
    inCatalog: row.in_catalog,
    ...(location && { location }),
    messages: errors.map(error => error.message ?? 'No reason was given'),
  };
}

/** A location stands for the file it leads to, other entities for theirs. */
function locationOf(entity: Partial<Entity>): string | undefined {
  const { type, target } = entity.spec ?? {};
  if (entity.kind === 'Location' && type && target) {
    return `${type}:${target}`;
  }
  return entity.metadata?.annotations?.[ANNOTATION_LOCATION];
}
