import type {
  Recommendation,
  RecommendationDetail,
  RecommendationPage,
  RecommendationsQuery,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../../import/ImportsService';

/** A recommendation after somebody said something of it, and as it was before. */
export type RecommendationWrite = {
  before: Recommendation;
  recommendation: Recommendation;
};

/** What could cost less. */
export interface RecommendationsService {
  /** @param within - groups of whom it must be; anybody when absent */
  list(
    query: RecommendationsQuery,
    caller: Caller,
    within?: string[],
  ): Promise<RecommendationPage>;

  /**
   * One with the charges that it rests on.
   *
   * @throws NotFoundError when there is none
   */
  find(id: string, caller: Caller): Promise<RecommendationDetail>;

  /**
   * Accepts one, dismisses it, or opens it again; the same again changes nothing.
   *
   * @throws InputError when one is dismissed without a reason
   * @throws ConflictError when one is accepted that is withheld
   * @throws NotFoundError when there is none
   */
  judge(
    id: string,
    verdict: RecommendationVerdict,
    caller: Caller,
  ): Promise<RecommendationWrite>;
}
