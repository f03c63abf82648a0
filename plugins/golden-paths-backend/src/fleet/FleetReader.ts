import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readMadeAt, readStanding } from '@waymark/plugin-golden-paths-node';
import {
  openRepositoryOf,
  type RepositoryHost,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { saidOf } from '../said';
import type {
  ReadService,
  SeenService,
  ServiceRow,
  ServiceStore,
} from './ServiceStore';

const templateAnnotation = 'waymark.io/template';
const pageSize = 500;
/** How many repositories are read at a time; the others come the next time. */
const batch = 200;

/** Reads the catalog and the repositories, and keeps what is asked for often. */
export class FleetReader {
  readonly #options: FleetReaderOptions;

  private constructor(options: FleetReaderOptions) {
    this.#options = options;
  }

  static create(options: FleetReaderOptions): FleetReader {
    return new FleetReader(options);
  }

  /** Takes in the services of the catalog, then reads the repositories that are due. */
  async refresh(signal?: AbortSignal): Promise<void> {
    const { store } = this.#options;
    await store.put(await this.#services());
    for (const service of await store.due(batch)) {
      if (signal?.aborted) return;
      await this.read(service);
    }
  }

  /** Reads one repository now. */
  async read(service: ServiceRow): Promise<void> {
    await this.#options.store.putRead(service, await this.#look(service));
  }

  async #services(): Promise<SeenService[]> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const found: SeenService[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: pageSize }
          : {
              filter: [
                { kind: 'component', 'spec.type': 'service' },
                {
                  kind: 'component',
                  [`metadata.annotations.${templateAnnotation}`]:
                    CATALOG_FILTER_EXISTS,
                },
              ],
              fields: ['kind', 'metadata', 'spec.type', 'relations'],
              limit: pageSize,
            },
        { credentials },
      );
      found.push(...page.items.map(serviceOf));
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return found;
  }

  async #look(service: ServiceRow): Promise<ReadService> {
    const { host, logger } = this.#options;
    const { entity_ref: ref, owner, location } = service;
    try {
      const { repository, copy } = await openRepositoryOf(host, {
        ref,
        owners: owner ? [owner] : [],
        location: location ?? '',
      });
      const { record, drift, madeAt } = await readAll(copy, service).finally(
        () => copy.close(),
      );
      return {
        on_path: true,
        made_at: madeAt ?? null,
        repository,
        template: record.template,
        version: record.version,
        files: Object.keys(record.files).length,
        drift,
        problem: null,
      };
    } catch (error) {
      logger.info(`The repository of ${ref} cannot be read: ${error}`);
      // Without a repository: what cannot be read may not be its own.
      return {
        repository: null,
        files: null,
        drift: null,
        problem: saidOf(error),
        // A host that is away says nothing about what it keeps.
        ...(isAway(error) ? {} : { on_path: false }),
      };
    }
  }
}

/** Of what a form made, that stays as it is. */
async function readAll(copy: WorkingCopy, { made_at: known }: ServiceRow) {
  return {
    ...(await readStanding(copy)),
    madeAt: known ?? (await readMadeAt(copy)),
  };
}

function isAway(error: unknown): boolean {
  return isError(error) && error.name === 'ServiceUnavailableError';
}

function serviceOf(entity: Entity): SeenService {
  const { name, title, annotations = {}, etag = '' } = entity.metadata;
  const template = annotations[templateAnnotation];
  return {
    entity_ref: stringifyEntityRef(entity),
    title: title ?? name,
    owner:
      entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
        ?.targetRef ?? null,
    location: annotations[ANNOTATION_LOCATION] ?? null,
    etag,
    is_service: entity.spec?.type === 'service',
    template: template
      ? stringifyEntityRef({ kind: 'template', name: template })
      : null,
    version: annotations['waymark.io/template-version'] ?? null,
  };
}

type FleetReaderOptions = {
  catalog: CatalogService;
  auth: AuthService;
  host: Pick<RepositoryHost, 'open' | 'urlsFor'>;
  store: ServiceStore;
  logger: LoggerService;
};
