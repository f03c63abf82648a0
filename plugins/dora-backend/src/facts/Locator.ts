import type { Fact } from '@waymark/plugin-dora-node';
import type { Environments } from './Environments';
import type { Located } from './FactStore';
import { keyOf, type ServiceDirectory } from './ServiceDirectory';

/** Facts with their components, and those components that the catalog does not know. */
export type LocatedFacts = {
  located: Located[];
  unmatched: { serviceId: number; key: string }[];
};

/** Finds the component and the environment of facts. */
export class Locator {
  readonly #directory: ServiceDirectory;
  readonly #environments: Environments;

  constructor(options: {
    directory: ServiceDirectory;
    environments: Environments;
  }) {
    this.#directory = options.directory;
    this.#environments = options.environments;
  }

  async locate(fact: Fact): Promise<LocatedFacts> {
    const services = await this.#directory.resolve(fact.service);
    const environmentId =
      fact.type === 'deployment'
        ? await this.#environments.idOf(fact.environment)
        : undefined;
    const repository = await this.#repositoryOf(fact);
    return {
      located: services.map(({ id }) => ({
        fact,
        serviceId: id,
        environmentId,
        ...repository,
      })),
      unmatched: services
        .filter(({ entityRef }) => entityRef === undefined)
        .map(({ id }) => ({ serviceId: id, key: keyOf(fact.service) })),
    };
  }

  /** Of a change in a repository of several components: which, and whether its files tell them apart. */
  async #repositoryOf({
    type,
    service,
  }: Fact): Promise<Pick<Located, 'siblings' | 'byPaths'>> {
    if (type !== 'change' || !('annotation' in service)) return {};
    const { annotation, value, paths = [] } = service;
    const siblings = await this.#directory.resolve({ annotation, value });
    return siblings.length > 1
      ? {
          siblings: siblings.map(({ id }) => id),
          byPaths: paths.length > 0,
        }
      : {};
  }
}
