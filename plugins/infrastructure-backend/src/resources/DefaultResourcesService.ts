import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Budgets } from '../decisions/Budgets';
import type { Reservations } from '../decisions/Reservations';
import type { Actors, Caller } from '../requests/people';
import type { Outputs } from '../runs/Outputs';
import type { ResourcesService } from './ResourcesService';

/** {@inheritDoc ResourcesService} */
export class DefaultResourcesService implements ResourcesService {
  readonly #knex: Knex;
  readonly #actors: Actors;
  readonly #audit: AuditTrail;
  readonly #budgets: Budgets;
  readonly #outputs: Outputs;
  readonly #reservations: Reservations;

  private constructor(
    options: Parameters<typeof DefaultResourcesService.create>[0],
  ) {
    this.#knex = options.knex;
    this.#actors = options.actors;
    this.#audit = options.audit;
    this.#budgets = options.budgets;
    this.#outputs = options.outputs;
    this.#reservations = options.reservations;
  }

  static create(options: {
    knex: Knex;
    actors: Actors;
    audit: AuditTrail;
    budgets: Budgets;
    outputs: Outputs;
    reservations: Reservations;
  }): DefaultResourcesService {
    return new DefaultResourcesService(options);
  }

  async reveal(resourceId: string, output: string, caller: Caller) {
    const { ref } = await this.#actors.of(caller);
    return this.#knex.transaction(async tx => {
      const value = await this.#outputs.reveal(tx, resourceId, output, ref);
      await this.#audit.append(tx, [
        {
          action: 'secret.revealed',
          by: ref,
          resource: resourceId,
          detail: { output },
        },
      ]);
      return { name: output, value };
    });
  }

  async allowances(owner: string) {
    const limit = await this.#budgets.of(owner);
    return { owner, ...(await this.#reservations.overview(owner, limit)) };
  }
}
