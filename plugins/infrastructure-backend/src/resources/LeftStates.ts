import type {
  Orphan,
  OrphanSearch,
} from '@waymark/plugin-infrastructure-common';
import type { Engine } from '@waymark/plugin-infrastructure-node';
import type { Engines, Offering, Offerings } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { StateService } from '../state/StateService';

/** What has ended by its record, or has none, and has a state. */
type Left = { resourceId: string; record?: ResourceRow };

type StateReader = Engine & Required<Pick<Engine, 'remaining'>>;

/** Who can read a state, and one of its offerings. */
type Keeper = { engine: StateReader; offering: Offering };

const nameOf = ({ record }: Left) =>
  record
    ? `${record.name} (${record.environment}), which is ${record.state}`
    : 'a resource without any record';

/**
 * Looks into the states that engines keep with the portal: what one of them says
 * still stands, though its resource has no living record.
 */
export class LeftStates {
  readonly #engines: Engines;
  readonly #offerings: Offerings;
  readonly #requests: RequestStore;
  readonly #states: Pick<StateService, 'kept' | 'newest'>;

  constructor(options: {
    engines: Engines;
    offerings: Offerings;
    requests: RequestStore;
    states: Pick<StateService, 'kept' | 'newest'>;
  }) {
    this.#engines = options.engines;
    this.#offerings = options.offerings;
    this.#requests = options.requests;
    this.#states = options.states;
  }

  /** @returns what was found, and which states cannot be read */
  async search(): Promise<Pick<OrphanSearch, 'orphans' | 'searched'>> {
    const orphans: Orphan[] = [];
    const searched: OrphanSearch['searched'] = [];
    for await (const ids of this.#states.kept()) {
      for (const left of await this.#ended(ids)) {
        const keeper = this.#keeperOf(left.record);
        if (!keeper) continue;
        try {
          const orphan = await this.#look(left, keeper);
          if (orphan) orphans.push(orphan);
        } catch (error) {
          searched.push({
            engine: keeper.engine.name,
            offering: keeper.offering.name,
            problem: `The state of ${nameOf(left)} cannot be read: ${
              (error as Error).message
            }`,
          });
        }
      }
    }
    return { orphans, searched };
  }

  async #ended(ids: string[]): Promise<Left[]> {
    const living = await this.#requests.livingOf(ids);
    const ended = ids.filter(id => !living.has(id));
    const records = new Map(
      (await this.#requests.resources(ended)).map(row => [row.id, row]),
    );
    return ended.map(id => ({ resourceId: id, record: records.get(id) }));
  }

  async #look(
    left: Left,
    { engine, offering }: Keeper,
  ): Promise<Orphan | undefined> {
    const { resourceId, record } = left;
    const state = await this.#states.newest(resourceId);
    const existing = state ? engine.remaining(state) : [];
    if (existing.length === 0 || (await this.#isTaken(existing, engine))) {
      return undefined;
    }
    return {
      engine: engine.name,
      offering: offering.name,
      resourceId,
      requestId: record?.tags['request-id'] ?? '',
      title: `In the state of ${nameOf(left)}`,
      existing,
    };
  }

  /** The engine that can read the state: of its offering, or else of any. */
  #keeperOf(record: ResourceRow | undefined): Keeper | undefined {
    const keepers = this.#offerings.all().flatMap(offering => {
      const engine = this.#engines.get(offering.file.spec.engine.name);
      return engine && readsStates(engine) ? [{ engine, offering }] : [];
    });
    return (
      keepers.find(({ offering }) => offering.name === record?.offering) ??
      keepers[0]
    );
  }

  /** Whether it was adopted since: then another state knows it. */
  async #isTaken(
    existing: Orphan['existing'],
    engine: Engine,
  ): Promise<boolean> {
    const offerings = this.#offerings
      .all()
      .filter(({ file }) => file.spec.engine.name === engine.name)
      .map(({ name }) => name);
    return (await this.#requests.holderOf(existing, offerings)) !== undefined;
  }
}

function readsStates(engine: Engine): engine is StateReader {
  return engine.remaining !== undefined;
}
