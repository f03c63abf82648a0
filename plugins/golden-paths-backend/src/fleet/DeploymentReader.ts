import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Deployments } from './Deployments';
import type { FirstDeploymentStore, MadeService } from './FirstDeploymentStore';

/** How many are asked about in one look; the others come the next time. */
const batch = 50;

/** Finds out when what a form made was deployed first. */
export class DeploymentReader {
  readonly #store: FirstDeploymentStore;
  readonly #deployments: Deployments;
  readonly #logger: LoggerService;

  constructor(options: {
    store: FirstDeploymentStore;
    deployments: Deployments;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#deployments = options.deployments;
    this.#logger = options.logger;
  }

  /** A portal may be without delivery metrics: then nobody knows, and nothing else suffers. */
  async look(signal?: AbortSignal): Promise<void> {
    let failure: unknown;
    for (const service of await this.#store.due(batch)) {
      if (signal?.aborted) return;
      try {
        await this.#lookAt(service);
      } catch (error) {
        failure = error;
        await this.#store.putUnanswered(service.entity_ref);
      }
    }
    if (failure) {
      this.#logger.info(`Some first deployments are not known: ${failure}`);
    }
  }

  async #lookAt({ entity_ref: ref, made_at: madeAt }: MadeService) {
    await this.#store.put(ref, await this.#deployments.first(ref, madeAt));
  }
}
