import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Approver,
  ApproverKind,
  DataClass,
  Decision,
  Estimate,
  PlannedChange,
  Range,
  RequestKind,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type {
  PlanCost,
  PolicyEngine,
  PolicyInput,
} from '@waymark/plugin-infrastructure-node';
import type { InfrastructureSettings } from '../config';
import { withPlanCost } from '../offerings/estimate';
import type { Offering } from '../offerings/Offerings';
import type { Approvers } from './Approvers';
import type { Budgets } from './Budgets';
import { dayOf, type ExceptionStore } from './ExceptionStore';
import { takesAway, type Felt, type Impact } from './Impact';
import { houseRules } from './houseRules';
import type { Claim, Room } from './Reservations';

/** All that a decision is made of but the room in quota and budget. */
export type Case = {
  kind: RequestKind;
  offering: Offering;
  resourceId: string;
  /** The resource in the catalog. */
  entityRef: string;
  name: string;
  environment: string;
  owner: string;
  component?: string;
  dataClass?: DataClass;
  requestedBy: string;
  parameters: JsonObject;
  tags: Record<string, string>;
  /** US dollars a month until now, when it is a change. */
  costBefore?: Range;
  plan?: { changes: PlannedChange[]; document?: JsonObject; cost?: PlanCost };
};

/** What can be found out before looking for room. */
export type Findings = {
  /** What policy was asked, so that it can be asked again. */
  question: PolicyInput;
  policyRevision: string;
  rules: RuleResult[];
  estimate: Estimate;
  claim: Claim;
  /** Absent where nothing can stand on it yet. */
  felt?: Felt;
};

/** Rules answer in microseconds; one that does not is taken for a denial. */
const patienceMs = 5_000;

/** What a kind of request is to the rules: they know of beginnings, changes and ends. */
const policyKinds: Record<RequestKind, PolicyInput['kind']> = {
  create: 'create',
  import: 'create',
  update: 'update',
  extend: 'update',
  transfer: 'update',
  accept: 'update',
  destroy: 'destroy',
};

const noAnswer: RuleResult = {
  rule: 'policy-answers',
  effect: 'deny',
  message: 'Policy gave no answer.',
  reason: 'What nobody judged is not done.',
  remedy:
    'Try again in a minute. If it goes on, tell the platform team: the log of the portal says why.',
};

/** Whether something may stand on it already: it was there before, or a plan takes something away. */
function mayBeFelt({ kind, plan }: Case): boolean {
  return policyKinds[kind] !== 'create' || (!!plan && takesAway(plan.changes));
}

const nothing: Estimate = { low: 0, high: 0, lines: [] };

/** Judges requests: by the rules of the organisation, by quota and budget, and by what they cost. */
export class Judge {
  readonly #policy: PolicyEngine;
  readonly #approvers: Approvers;
  readonly #budgets: Budgets;
  readonly #exceptions: ExceptionStore;
  readonly #impact: Impact;
  readonly #settings: InfrastructureSettings;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  private constructor(options: Parameters<typeof Judge.create>[0]) {
    this.#policy = options.policy;
    this.#approvers = options.approvers;
    this.#budgets = options.budgets;
    this.#exceptions = options.exceptions;
    this.#impact = options.impact;
    this.#settings = options.settings;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: {
    policy: PolicyEngine;
    approvers: Approvers;
    budgets: Budgets;
    exceptions: ExceptionStore;
    impact: Impact;
    settings: InfrastructureSettings;
    logger: LoggerService;
    now?: () => Date;
  }): Judge {
    return new Judge(options);
  }

  /** Looks into a case: policy, estimate, and who would feel it. */
  async examine(of: Case): Promise<Findings> {
    const ends = of.kind === 'destroy';
    const estimate = ends
      ? nothing
      : withPlanCost(of.offering.estimate(of.parameters), of.plan?.cost);
    const [{ question, revision, results }, felt, budget] = await Promise.all([
      this.#questionOf(of, estimate).then(async asked => ({
        question: asked,
        ...(await this.ask(asked)),
      })),
      mayBeFelt(of) ? this.#impact.of(of.entityRef, of.component) : undefined,
      this.#budgets.of(of.owner),
    ]);
    return {
      question,
      policyRevision: revision,
      rules: results,
      estimate,
      felt,
      claim: {
        resourceId: of.resourceId,
        owner: of.owner,
        environment: of.environment,
        unit: of.offering.unit,
        amount: ends ? 0 : of.offering.amount(of.parameters),
        monthly: estimate.high,
        budget,
      },
    };
  }

  /** Decides, with what room there was. */
  async decide(of: Case, findings: Findings, room: Room): Promise<Decision> {
    const { policyRevision, estimate, felt } = findings;
    const rules = [
      ...findings.rules,
      ...houseRules({
        kind: of.kind,
        estimate,
        room,
        settings: this.#settings,
      }),
    ];
    const verdict = verdictOf(rules);
    const before = of.costBefore;
    return {
      verdict,
      policyRevision,
      rules,
      estimate,
      ...(before && {
        costChange: {
          low: estimate.low - before.low,
          high: estimate.high - before.high,
        },
      }),
      quota: room.quota,
      budget: room.budget,
      approvers:
        verdict === 'approval' ? await this.#approversOf(rules, of) : [],
      affected: felt?.affected ?? [],
      ...(felt && { reach: felt.reach }),
    };
  }

  /** What today's rules say of a decision's question, with the room and the estimate that there were. */
  async again(
    question: PolicyInput,
    { estimate, quota, budget }: Decision,
  ): Promise<Pick<Decision, 'verdict' | 'policyRevision' | 'rules'>> {
    const { revision, results } = await this.ask(question);
    const rules = [
      ...results,
      ...houseRules({
        kind: question.kind,
        estimate,
        room: { quota, budget },
        settings: this.#settings,
      }),
    ];
    return { verdict: verdictOf(rules), policyRevision: revision, rules };
  }

  async #questionOf(of: Case, estimate: Estimate): Promise<PolicyInput> {
    const { metadata, spec } = of.offering.file;
    const now = this.#now();
    return {
      stage: of.plan ? 'plan' : 'request',
      now: now.toISOString(),
      kind: policyKinds[of.kind],
      offering: {
        name: metadata.name,
        version: metadata.version,
        engine: spec.engine.name,
        resourceType: spec.resourceType,
      },
      name: of.name,
      environment: of.environment,
      owner: of.owner,
      ...(of.component && { component: of.component }),
      requestedBy: of.requestedBy,
      ...(of.dataClass && { dataClass: of.dataClass }),
      parameters: of.parameters,
      tags: of.tags,
      estimate: { low: estimate.low, high: estimate.high },
      ...(of.plan?.document && { plan: of.plan.document }),
      exceptions: await this.#exceptions.holding(
        { ...of, offering: of.offering.name },
        dayOf(now),
      ),
    };
  }

  /** Puts a question to policy; no answer is a denial. */
  async ask(
    question: PolicyInput,
  ): Promise<{ revision: string; results: RuleResult[] }> {
    try {
      return await this.#policy.judge(question, {
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      this.#logger.error(`Policy did not answer: ${error}`);
      return { revision: 'none', results: [noAnswer] };
    }
  }

  async #approversOf(rules: RuleResult[], of: Case): Promise<Approver[]> {
    const asking = rules.filter(({ effect }) => effect === 'approval');
    const kinds = new Set<ApproverKind>(
      asking.flatMap(({ approvers }) => approvers ?? ['ownerLead']),
    );
    return Promise.all(
      [...kinds].sort().map(async kind => ({
        kind,
        ...(await this.#approvers.among(kind, of)),
        because: asking
          .filter(({ approvers }) =>
            (approvers ?? ['ownerLead']).includes(kind),
          )
          .map(({ message }) => message),
      })),
    );
  }
}

/** The strictest of what the rules say. */
export function verdictOf(rules: RuleResult[]): Decision['verdict'] {
  if (rules.some(({ effect }) => effect === 'deny')) return 'deny';
  return rules.some(({ effect }) => effect === 'approval')
    ? 'approval'
    : 'allow';
}
