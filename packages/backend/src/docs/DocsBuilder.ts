import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  getCompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ResponseError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const ANNOTATION = 'metadata.annotations.backstage.io/techdocs-ref';
const PAGE = 200;

/** What one round did, in numbers of entities. */
export type DocsRound = { built: number; fresh: number; failed: number };

/**
 * Has the docs of every entity built before anybody asks for them, so that
 * they open at once and search finds them. TechDocs builds; this only asks,
 * for one entity at a time.
 */
export class DocsBuilder {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    discovery: DiscoveryService;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  async buildAll(signal?: AbortSignal): Promise<DocsRound> {
    const round: DocsRound = { built: 0, fresh: 0, failed: 0 };
    for await (const entity of this.#entitiesWithDocs()) {
      if (signal?.aborted) {
        break;
      }
      try {
        const changed = await this.#build(entity, signal);
        round[changed ? 'built' : 'fresh'] += 1;
      } catch (error) {
        // One team's broken docs leave everybody else's alone.
        round.failed += 1;
        this.#logger.warn(
          `The docs of ${stringifyEntityRef(entity)} could not be built`,
          toError(error),
        );
      }
    }
    return round;
  }

  async *#entitiesWithDocs(): AsyncGenerator<CompoundEntityRef> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      {
        filter: { [ANNOTATION]: CATALOG_FILTER_EXISTS },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        pageSize: PAGE,
      },
      { credentials },
    );
    for await (const page of pages) {
      yield* page.map(getCompoundEntityRef);
    }
  }

  /** Whether TechDocs built anything. */
  async #build(
    entity: CompoundEntityRef,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const base = await this.#discovery.getBaseUrl('techdocs');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'techdocs',
    });
    const path = [entity.namespace, entity.kind, entity.name]
      .map(encodeURIComponent)
      .join('/');
    const response = await fetch(`${base}/sync/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return readOutcome(await response.text());
  }
}

/** Reads the event stream with which TechDocs ends a build. */
function readOutcome(stream: string): boolean {
  const events = stream.split('\n\n').map(block => ({
    type: /^event: (.*)$/m.exec(block)?.[1],
    data: /^data: (.*)$/m.exec(block)?.[1] ?? 'null',
  }));
  const failure = events.find(event => event.type === 'error');
  if (failure) {
    throw new Error(String(JSON.parse(failure.data)));
  }
  const finish = events.find(event => event.type === 'finish');
  if (!finish) {
    throw new Error('TechDocs ended without saying whether the docs are built');
  }
  return JSON.parse(finish.data)?.updated === true;
}
