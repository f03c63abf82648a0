import { NotFoundError } from '@backstage/errors';
import type {
  AnomaliesQuery,
  AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import type { Ownership } from '../../allocation/Ownership';
import type { Sight } from '../../allocation/Sight';
import type { Caller } from '../../import/ImportsService';
import type { AnomaliesService } from './AnomaliesService';

/** Shows people the anomalies of what they see the costs of, and lets those judge them who are of the owners. */
export class AuthorizedAnomalies implements AnomaliesService {
  readonly #anomalies: AnomaliesService;
  readonly #sight: Sight;
  readonly #ownership: Ownership;

  constructor(options: {
    anomalies: AnomaliesService;
    sight: Sight;
    ownership: Ownership;
  }) {
    this.#anomalies = options.anomalies;
    this.#sight = options.sight;
    this.#ownership = options.ownership;
  }

  async list(query: AnomaliesQuery, caller: Caller) {
    return this.#anomalies.list(
      query,
      caller,
      await this.#sight.within(caller),
    );
  }

  async find(id: string, caller: Caller) {
    const anomaly = await this.#visible(id, caller);
    return {
      ...anomaly,
      mayJudge: await this.#ownership.may(anomaly.groupRef, caller),
    };
  }

  async judge(id: string, verdict: AnomalyVerdict, caller: Caller) {
    await this.#ownership.requireAny(caller);
    const { groupRef } = await this.#visible(id, caller);
    await this.#ownership.require(groupRef, caller);
    return this.#anomalies.judge(id, verdict, caller);
  }

  async #visible(id: string, caller: Caller) {
    const within = await this.#sight.within(caller);
    const anomaly = await this.#anomalies.find(id, caller);
    if (within && !(await this.#ownership.isOf(anomaly.groupRef, within))) {
      throw new NotFoundError(`There is no anomaly ${id} that you may see`);
    }
    return anomaly;
  }
}
