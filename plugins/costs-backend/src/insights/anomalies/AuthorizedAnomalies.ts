import type {
  AnomaliesQuery,
  Anomaly,
  AnomalyPart,
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
    const judged = await this.#judgedBy(caller, anomaly);
    return { ...anomaly, mayJudge: judged.length > 0 };
  }

  async judge(id: string, verdict: AnomalyVerdict, caller: Caller) {
    await this.#ownership.requireAny(caller);
    const anomaly = await this.#visible(id, caller);
    const judged = await this.#judgedBy(caller, anomaly);
    if (judged.length === 0) {
      await this.#ownership.require(anomaly.parts[0].groupRef, caller);
    }
    return this.#anomalies.judge(
      id,
      verdict,
      caller,
      judged.map(part => part.id),
    );
  }

  async #visible(id: string, caller: Caller) {
    return this.#anomalies.find(id, caller, await this.#sight.within(caller));
  }

  /** The parts in which the caller has a say. */
  async #judgedBy(caller: Caller, { parts }: Anomaly): Promise<AnomalyPart[]> {
    const owners = new Set(parts.map(({ groupRef }) => groupRef));
    const theirs = new Set<string | null>();
    for (const groupRef of owners) {
      if (await this.#ownership.may(groupRef, caller)) theirs.add(groupRef);
    }
    return parts.filter(({ groupRef }) => theirs.has(groupRef));
  }
}
