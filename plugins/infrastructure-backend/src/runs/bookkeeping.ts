import { ConflictError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type {
  Engine,
  EnginePlan,
  Observation,
  Order,
  RunTools,
} from '@waymark/plugin-infrastructure-node';

/** Does what changes only the books of the portal, by the path of every request. */
abstract class Bookkeeping implements Engine {
  readonly name = 'portal';
  /** What touches nothing can be done again. */
  readonly afterInterruption = 'again';

  async unavailable(): Promise<undefined> {
    return undefined;
  }

  checkSettings(): void {}

  abstract plan(order: Order, tools: RunTools): Promise<EnginePlan>;

  async apply(): Promise<{ outputs: Record<string, string> }> {
    return { outputs: {} };
  }

  async observe(): Promise<Observation> {
    return { state: 'asWanted' };
  }
}

/** Moves the end of a resource. */
export class Extending extends Bookkeeping {
  readonly #days: number;

  constructor(days: number) {
    super();
    this.#days = days;
  }

  async plan({ resource }: Order): Promise<EnginePlan> {
    return {
      changes: [
        {
          action: 'update',
          address: resource.name,
          title: `Let it live ${this.#days} days from when this is granted`,
        },
      ],
      essence: { extendedByDays: this.#days },
    };
  }
}

/** Takes what is there for what is wanted. */
export class Accepting extends Bookkeeping {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    super();
    this.#engine = engine;
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const found = await this.#engine.observe(order, tools);
    if (found.state === 'absent') {
      throw new ConflictError(
        'Nothing of it was found, so there is nothing to accept. Try the request again, or destroy it.',
      );
    }
    const changes = found.state === 'drifted' ? found.changes : [];
    return {
      // Nothing of it is done: it says what is otherwise, and stays so.
      changes: changes.map(change => ({
        ...change,
        action: 'keep' as const,
        title: `Left as it is: ${change.title}`,
      })),
      essence: { accepted: changes as unknown as JsonValue },
    };
  }
}
