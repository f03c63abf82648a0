import { AuthenticationError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type {
  Engine,
  EnginePlan,
  Existing,
  Observation,
  Order,
  PlanCost,
  Reporting,
  RunTools,
  Standing,
} from '@waymark/plugin-infrastructure-node';

/** Makes things in memory, as slowly and as badly as a test wants. */
export class TestEngine implements Engine {
  readonly name: string;
  afterInterruption: 'again' | 'ask' = 'ask';
  /** What there is, by id of the resource. */
  readonly made = new Map<string, JsonObject>();
  /** How often something was applied, by id of the resource. */
  readonly applied = new Map<string, number>();
  /** What was ordered last. */
  ordered: Order | undefined;
  /** What carries our mark. */
  standing: Standing[] = [];
  /** What of everything is otherwise than was asked for. */
  otherwise: PlannedChange[] = [];
  /** Called in the middle of planning. */
  onPlan: (tools: RunTools) => Promise<void> = async () => {};
  /** Called in the middle of applying. */
  onApply: (tools: RunTools) => Promise<void> = async () => {};
  /** What is handed over by whatever is applied; nothing when it is not set. */
  revision: string | undefined;
  /** Believes what says so, and takes reports as they are. */
  readonly reporting: Reporting = {
    senders: ['cluster'],
    verify(_, { headers }) {
      if (headers['x-token'] !== 'right') {
        throw new AuthenticationError('The token is wrong');
      }
    },
    read: (_, { body }) => JSON.parse(body.toString()).report,
    includes: async ({ content }, { revision }) =>
      content.revision === revision,
  };
  /** What of everything it does not bring about. */
  lack?: string;
  /** Part of every plan, so that a test can make plans differ. */
  surroundings = 'as ever';
  /** What it says that plans cost, where it says so. */
  cost?: PlanCost;

  constructor(name = 'test') {
    this.name = name;
  }

  async unavailable() {
    return undefined;
  }

  shortfall() {
    return this.lack;
  }

  checkSettings(settings: JsonObject) {
    if (settings.wrong) throw new Error('settings.wrong makes no sense');
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const { resource, parameters, wanted } = order;
    this.ordered = order;
    await this.onPlan(tools);
    const there = this.made.has(resource.id);
    const present = there ? ('update' as const) : ('create' as const);
    const action = wanted === 'absent' ? ('delete' as const) : present;
    return {
      changes: [{ action, address: resource.name, title: 'A thing' }],
      essence: { action, parameters, surroundings: this.surroundings },
      ...(this.cost && { cost: this.cost }),
    };
  }

  async apply(order: Order, _: EnginePlan, tools: RunTools) {
    const { resource, parameters, wanted } = order;
    await tools.step('Make the thing');
    tools.conceal('hunter22');
    tools.log('the password is hunter22');
    await this.onApply(tools);
    const times = this.applied.get(resource.id) ?? 0;
    this.applied.set(resource.id, times + 1);
    if (wanted === 'absent') this.made.delete(resource.id);
    else this.made.set(resource.id, parameters);
    const { revision } = this;
    return {
      outputs: { host: 'example.test', password: 'hunter22' },
      ...(this.lack && { remark: `Made. ${this.lack}` }),
      ...(revision && {
        handover: {
          place: `things/${resource.environment}/${resource.name}`,
          waitsFor: 'Handed over; waiting for the cluster.',
          content: { revision },
        },
      }),
    };
  }

  checkExisting(existing: Existing[]) {
    if (existing.length !== 1) throw new InputError('existing must name one');
  }

  async survey() {
    return this.standing;
  }

  /** Its states name what stands as `existing` does. */
  remaining(state: Buffer): Existing[] {
    return JSON.parse(state.toString('utf8')).standing;
  }

  async observe(order: Order): Promise<Observation> {
    if (!this.made.has(order.resource.id)) return { state: 'absent' };
    return this.otherwise.length
      ? { state: 'drifted', changes: this.otherwise }
      : { state: 'asWanted' };
  }
}
