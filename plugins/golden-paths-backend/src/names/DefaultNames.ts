import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  NameCheck,
  NameProblem,
} from '@waymark/plugin-golden-paths-common';
import { repositoryNameProblem } from '@waymark/plugin-repositories-node';
import type { Names, RepositoryNames } from './Names';

/** Looks a name up in the catalog and on the repository host. */
export class DefaultNames implements Names {
  readonly #catalog: CatalogService;
  readonly #repositories: RepositoryNames;
  readonly #logger: LoggerService;

  private constructor(options: NamesOptions) {
    this.#catalog = options.catalog;
    this.#repositories = options.repositories;
    this.#logger = options.logger;
  }

  static create(options: NamesOptions): DefaultNames {
    return new DefaultNames(options);
  }

  async check(
    name: string,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<NameCheck> {
    // What is legal for a repository is legal for the catalog and for Kubernetes too.
    const illegal = repositoryNameProblem(name);
    const problems: NameProblem[] = illegal
      ? [{ where: 'name', message: illegal }]
      : (
          await Promise.all([
            this.#problemsInCatalog(name, credentials),
            this.#problemsOnHost(name),
          ])
        ).flat();
    return { name, available: problems.length === 0, problems };
  }

  async #problemsInCatalog(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<NameProblem[]> {
    const named = (kind: string, ofName: string) => ({
      kind,
      'metadata.namespace': 'default',
      'metadata.name': ofName,
    });
    const { items } = await this.#catalog.queryEntities(
      {
        filter: [
          named('component', name),
          named('api', name),
          named('resource', name),
          // A golden path also makes the service's API, under this name.
          named('api', `${name}-api`),
        ],
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'spec.owner',
        ],
        limit: 10,
      },
      { credentials },
    );
    return items.map(entity => ({
      where: 'catalog',
      message: describe(entity),
      entityRef: stringifyEntityRef(entity),
    }));
  }

  async #problemsOnHost(name: string): Promise<NameProblem[]> {
    const exists = await this.#repositories.exists(name).catch(error => {
      this.#logger.warn(`Nobody knows whether ${name} is free: ${error}`);
      throw new ServiceUnavailableError(
        'The repository host does not say whether the name is free. Try again in a moment.',
      );
    });
    return exists
      ? [
          {
            where: 'repository',
            message: `A repository named ${name} exists.`,
          },
        ]
      : [];
  }
}

type NamesOptions = {
  catalog: CatalogService;
  repositories: RepositoryNames;
  logger: LoggerService;
};

function describe(entity: Entity): string {
  const owner = entity.spec?.owner;
  const owned =
    typeof owner === 'string'
      ? `, which ${owner.replace(/^.*[:/]/, '')} owns`
      : '';
  const kind =
    entity.kind === 'API'
      ? 'An API'
      : `A ${entity.kind.toLocaleLowerCase('en-US')}`;
  return `${kind} named ${entity.metadata.name} is in the catalog${owned}.`;
}
