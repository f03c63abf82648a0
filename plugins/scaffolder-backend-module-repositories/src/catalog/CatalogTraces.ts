import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';

type Described = {
  kind?: unknown;
  metadata?: { name?: unknown; namespace?: unknown };
};

/** What a `catalog-info.yaml` says it describes, as entity references. */
export function describedEntities(text: string): string[] {
  return parseAllDocuments(text).map(document => {
    const [problem] = document.errors;
    if (problem) {
      throw new InputError(
        `catalog-info.yaml is not valid YAML: ${problem.message}`,
      );
    }
    const { kind, metadata } = (document.toJS() ?? {}) as Described;
    const namespace = metadata?.namespace ?? 'default';
    if (
      typeof kind !== 'string' ||
      typeof metadata?.name !== 'string' ||
      typeof namespace !== 'string'
    ) {
      throw new InputError(
        'catalog-info.yaml holds an entity without kind or metadata.name',
      );
    }
    return stringifyEntityRef({ kind, namespace, name: metadata.name });
  });
}

/**
 * What a new repository means for the catalog. Asks and acts as the portal
 * itself: a name is taken even where the person may not see by whom, and what
 * a task made it may undo.
 */
export class CatalogTraces {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;
  readonly #looks: { count: number; everyMs: number };

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
    /** How often, and how many times, it is asked for an entity that is to come; a minute in all. */
    looks?: { count: number; everyMs: number };
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#looks = options.looks ?? { count: 120, everyMs: 500 };
  }

  /**
   * Refuses a folder whose `catalog-info.yaml` is missing, broken, or describes
   * what the catalog has from elsewhere.
   *
   * @throws InputError, ConflictError
   */
  async requireFree(options: {
    directory: string;
    catalogInfoUrl: string;
  }): Promise<void> {
    const file = path.join(options.directory, 'catalog-info.yaml');
    const text = await fs.readFile(file, 'utf8').catch(() => {
      throw new InputError(
        'The template wrote no catalog-info.yaml, so the catalog would not know what was made; nothing was published',
      );
    });
    const refs = describedEntities(text);
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.annotations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const taken = items.find(
      entity =>
        entity &&
        entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION] !==
          `url:${options.catalogInfoUrl}`,
    );
    if (taken) {
      const { kind, name } = parseEntityRef(stringifyEntityRef(taken));
      throw new ConflictError(
        `The catalog has a ${kind} named ${name} already; choose another name. Nothing was published`,
      );
    }
  }

  /**
   * Has the catalog read a location and what came from it at once. What the
   * catalog was just reading when it was interrupted would else wait for its
   * next turn, minutes later. Nothing depends on it: a failure is only logged.
   */
  async readAgain(catalogInfoUrl: string, entityRefs: string[]): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    try {
      const location = await this.#catalog.getLocationByRef(
        `url:${catalogInfoUrl}`,
        { credentials },
      );
      if (!location) return;
      // The location goes first: it may not have told of the others yet.
      for (const ref of [location.entityRef, ...entityRefs]) {
        await this.#catalog.refreshEntity(ref, { credentials });
      }
    } catch (error) {
      this.#logger.info(
        `${catalogInfoUrl} is read when its turn comes: ${error}`,
      );
    }
  }

  /**
   * Waits until the catalog shows an entity: what follows a link to it, or
   * counts on it, finds it there. Nothing depends on it: after a minute, or
   * when the catalog does not answer, the caller goes on.
   *
   * @returns whether it is shown
   */
  async waitUntilShown(
    entityRef: string,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (let look = 0; look < this.#looks.count; look += 1) {
      const entity = await this.#catalog
        .getEntityByRef(entityRef, { credentials })
        .catch((error: unknown) => {
          this.#logger.info(`${entityRef} is not to be seen yet: ${error}`);
        });
      if (entity) return true;
      await delay(this.#looks.everyMs, undefined, { signal });
    }
    return false;
  }

  /**
   * Takes a location and what came from it out of the catalog.
   *
   * @returns whether it was there
   */
  async unregister(catalogInfoUrl: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const location = await this.#catalog.getLocationByRef(
      `url:${catalogInfoUrl}`,
      { credentials },
    );
    if (!location) return false;
    await this.#catalog.removeLocationById(location.id, { credentials });
    this.#logger.info(`Took ${catalogInfoUrl} out of the catalog`);
    return true;
  }
}
