import { InputError } from '@backstage/errors';
import type {
  Replay,
  ReplayPage,
  ReplaysQuery,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type {
  DecisionRecord,
  DecisionRecords,
} from '../decisions/DecisionRecords';
import type { Judge } from '../decisions/Judge';
import type { RequestStore } from '../requests/RequestStore';
import type { ReplayService } from './ReplayService';

const keyOf = ({ rule, effect, field, message }: RuleResult) =>
  JSON.stringify([rule, effect, field, message]);

/** What the ones say and the others do not. */
function without(these: RuleResult[], those: RuleResult[]): RuleResult[] {
  const said = new Set(those.map(keyOf));
  return these.filter(result => !said.has(keyOf(result)));
}

/** {@inheritDoc ReplayService} */
export class DefaultReplayService implements ReplayService {
  readonly #judge: Judge;
  readonly #records: DecisionRecords;
  readonly #requests: RequestStore;

  constructor(options: {
    judge: Judge;
    records: DecisionRecords;
    requests: RequestStore;
  }) {
    this.#judge = options.judge;
    this.#records = options.records;
    this.#requests = options.requests;
  }

  async ofRequest(id: string): Promise<Replay[]> {
    await this.#requests.order(id);
    return this.#again(await this.#records.ofRequest(id));
  }

  async ofPeriod(query: ReplaysQuery): Promise<ReplayPage> {
    const { after = 0, limit = 50 } = query;
    const from = new Date(query.from);
    const to = query.to ? new Date(query.to) : new Date();
    if (from >= to) throw new InputError('from must be before to');
    const records = await this.#records.ofPeriod({ from, to, after, limit });
    const replays = await this.#again(records);
    return {
      items: replays.filter(({ differs }) => differs),
      replayed: replays.length,
      ...(records.length === limit && { next: records.at(-1)?.number }),
    };
  }

  /** One after the other, so that a long period leaves room for the requests of now. */
  async #again(records: DecisionRecord[]): Promise<Replay[]> {
    const replays: Replay[] = [];
    for (const record of records) {
      const { decision, question } = record;
      const today = await this.#judge.again(question, decision);
      const added = without(today.rules, decision.rules);
      const gone = without(decision.rules, today.rules);
      replays.push({
        number: record.number,
        request: record.requestId,
        at: record.at.toISOString(),
        stage: record.stage,
        before: {
          verdict: decision.verdict,
          policyRevision: decision.policyRevision,
        },
        after: {
          verdict: today.verdict,
          policyRevision: today.policyRevision,
        },
        differs:
          today.verdict !== decision.verdict ||
          added.length > 0 ||
          gone.length > 0,
        added,
        gone,
      });
    }
    return replays;
  }
}
