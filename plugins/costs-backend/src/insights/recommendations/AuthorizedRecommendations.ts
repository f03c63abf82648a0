import { NotFoundError } from '@backstage/errors';
import type {
  RecommendationsQuery,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import type { Ownership } from '../../allocation/Ownership';
import type { Sight } from '../../allocation/Sight';
import type { Caller } from '../../import/ImportsService';
import type { RecommendationsService } from './RecommendationsService';

/** Shows people the recommendations for what they see the costs of, and lets those judge them who are of the owners. */
export class AuthorizedRecommendations implements RecommendationsService {
  readonly #recommendations: RecommendationsService;
  readonly #sight: Sight;
  readonly #ownership: Ownership;

  constructor(options: {
    recommendations: RecommendationsService;
    sight: Sight;
    ownership: Ownership;
  }) {
    this.#recommendations = options.recommendations;
    this.#sight = options.sight;
    this.#ownership = options.ownership;
  }

  async list(query: RecommendationsQuery, caller: Caller) {
    return this.#recommendations.list(
      query,
      caller,
      await this.#sight.within(caller),
    );
  }

  async find(id: string, caller: Caller) {
    const found = await this.#visible(id, caller);
    return {
      ...found,
      mayJudge: await this.#ownership.may(found.groupRef, caller),
    };
  }

  async judge(id: string, verdict: RecommendationVerdict, caller: Caller) {
    await this.#ownership.requireAny(caller);
    const { groupRef } = await this.#visible(id, caller);
    await this.#ownership.require(groupRef, caller);
    return this.#recommendations.judge(id, verdict, caller);
  }

  async #visible(id: string, caller: Caller) {
    const within = await this.#sight.within(caller);
    const found = await this.#recommendations.find(id, caller);
    if (within && !(await this.#ownership.isOf(found.groupRef, within))) {
      throw new NotFoundError(
        `There is no recommendation ${id} that you may see`,
      );
    }
    return found;
  }
}
