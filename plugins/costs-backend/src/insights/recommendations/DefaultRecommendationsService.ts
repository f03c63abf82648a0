import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import type {
  Recommendation,
  RecommendationDetail,
  RecommendationPage,
  RecommendationsQuery,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import { readEntityRef } from '../../charges/entityRef';
import type { Caller } from '../../import/ImportsService';
import type {
  RecommendationsService,
  RecommendationWrite,
} from './RecommendationsService';
import type { Judgement, RecommendationStore } from './RecommendationStore';

function readVerdict({ verdict, reason }: RecommendationVerdict): Judgement {
  const said = reason?.trim();
  if (verdict === 'dismissed' && !said) {
    throw new InputError(
      'reason: say why, so that nobody looks into it a second time',
    );
  }
  return { verdict, reason: verdict === 'open' ? undefined : said };
}

/** What somebody said of it, whatever became of it since. */
const verdictOf = ({ state }: Recommendation): Judgement['verdict'] => {
  if (state === 'verified') return 'accepted';
  return state === 'withheld' ? 'open' : state;
};

/** Shows what could cost less, and keeps what people say of it. */
export class DefaultRecommendationsService implements RecommendationsService {
  readonly #store: RecommendationStore;

  constructor(store: RecommendationStore) {
    this.#store = store;
  }

  async list(
    query: RecommendationsQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<RecommendationPage> {
    const { entityRef, limit = 50, offset = 0 } = query;
    return this.#store.list({
      ...query,
      entityRef: entityRef ? readEntityRef(entityRef) : undefined,
      within,
      limit,
      offset,
    });
  }

  async find(id: string): Promise<RecommendationDetail> {
    const found = await this.#store.find(id);
    if (!found) throw new NotFoundError(`There is no recommendation ${id}`);
    return found;
  }

  async judge(
    id: string,
    verdict: RecommendationVerdict,
    caller: Caller,
  ): Promise<RecommendationWrite> {
    const judgement = readVerdict(verdict);
    const before = await this.find(id);
    if (judgement.verdict === 'accepted' && before.state === 'withheld') {
      throw new ConflictError(`It is withheld: ${before.withheld}`);
    }
    const isSame =
      verdictOf(before) === judgement.verdict &&
      (before.reason ?? undefined) === judgement.reason;
    if (!isSame) {
      await this.#store.judge(id, judgement, callerName(caller.credentials));
    }
    return { before, recommendation: await this.find(id) };
  }
}
