import type {
  AnomaliesQuery,
  Anomaly,
  AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../../audit/Audit';
import type { Caller } from '../../import/ImportsService';
import type { AnomaliesService } from './AnomaliesService';

const judgementsOf = ({ parts }: Anomaly) =>
  parts.map(({ id, verdict, reason, mutedUntil }) => ({
    id,
    verdict,
    reason,
    mutedUntil,
  }));

/** Writes down who said what of an anomaly, what was said before, and what was refused. */
export class AuditedAnomalies implements AnomaliesService {
  readonly #anomalies: AnomaliesService;
  readonly #audit: Audit;

  constructor(anomalies: AnomaliesService, audit: Audit) {
    this.#anomalies = anomalies;
    this.#audit = audit;
  }

  list(query: AnomaliesQuery, caller: Caller) {
    return this.#anomalies.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#anomalies.find(id, caller);
  }

  judge(id: string, verdict: AnomalyVerdict, caller: Caller) {
    const asked = { id, asked: { ...verdict } };
    return this.#audit.note('anomaly-judge', asked, caller, async () => {
      const result = await this.#anomalies.judge(id, verdict, caller);
      const { before, anomaly } = result;
      return {
        result,
        meta: { before: judgementsOf(before), after: judgementsOf(anomaly) },
      };
    });
  }
}
