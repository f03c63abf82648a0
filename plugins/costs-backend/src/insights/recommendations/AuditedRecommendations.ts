import type {
  Recommendation,
  RecommendationsQuery,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../../audit/Audit';
import type { Caller } from '../../import/ImportsService';
import type { RecommendationsService } from './RecommendationsService';

const judgementOf = ({ state, reason }: Recommendation) => ({ state, reason });

/** Writes down who accepted or dismissed what, what was said before, and what was refused. */
export class AuditedRecommendations implements RecommendationsService {
  readonly #recommendations: RecommendationsService;
  readonly #audit: Audit;

  constructor(recommendations: RecommendationsService, audit: Audit) {
    this.#recommendations = recommendations;
    this.#audit = audit;
  }

  list(query: RecommendationsQuery, caller: Caller) {
    return this.#recommendations.list(query, caller);
  }

  find(id: string, caller: Caller) {
    return this.#recommendations.find(id, caller);
  }

  judge(id: string, verdict: RecommendationVerdict, caller: Caller) {
    const asked = { id, asked: { ...verdict } };
    return this.#audit.note('recommendation-judge', asked, caller, async () => {
      const result = await this.#recommendations.judge(id, verdict, caller);
      const { before, recommendation } = result;
      return {
        result,
        meta: {
          before: judgementOf(before),
          after: judgementOf(recommendation),
        },
      };
    });
  }
}
