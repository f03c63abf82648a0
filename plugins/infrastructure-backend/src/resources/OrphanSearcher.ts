import type {
  Orphan,
  OrphanSearch,
} from '@waymark/plugin-infrastructure-common';
import type { Standing } from '@waymark/plugin-infrastructure-node';
import stableStringify from 'safe-stable-stringify';
import type { Engines, Offering, Offerings } from '../offerings/Offerings';
import type { RequestStore } from '../requests/RequestStore';
import type { ResourceRow } from '../requests/records';
import type { LeftStates } from './LeftStates';

const patienceMs = 30_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was found in one place, or why nothing could be. */
type Place = {
  searched: OrphanSearch['searched'][number];
  standing: Standing[];
};

/** Looks for what stands somewhere without a record, and for records of what is gone. */
export class OrphanSearcher {
  readonly #engines: Engines;
  readonly #offerings: Offerings;
  readonly #requests: RequestStore;
  readonly #leftStates: LeftStates;

  constructor(options: {
    engines: Engines;
    offerings: Offerings;
    requests: RequestStore;
    leftStates: LeftStates;
  }) {
    this.#engines = options.engines;
    this.#offerings = options.offerings;
    this.#requests = options.requests;
    this.#leftStates = options.leftStates;
  }

  async search(): Promise<{
    orphans: Orphan[];
    gone: ResourceRow[];
    searched: OrphanSearch['searched'];
  }> {
    const places = await Promise.all(
      this.#places().map(offering => this.#look(offering)),
    );
    const found = places.flatMap(({ searched, standing }) =>
      standing.map(each => ({
        engine: searched.engine,
        offering: searched.offering,
        ...each,
      })),
    );
    const left = await this.#leftStates.search();
    const living = await this.#requests.livingOf(
      // A mark that names no id of ours cannot be one of a record.
      found.map(({ resourceId }) => resourceId).filter(id => uuid.test(id)),
    );
    return {
      orphans: [
        ...found.filter(({ resourceId }) => !living.has(resourceId)),
        ...left.orphans,
      ],
      gone: await this.#requests.gone(),
      searched: [...places.map(({ searched }) => searched), ...left.searched],
    };
  }

  /** One offering for each place that engines look at. */
  #places(): Offering[] {
    const places = new Map(
      this.#offerings.all().map(offering => {
        const { name, settings } = offering.file.spec.engine;
        const canSearch = this.#engines.get(name)?.survey;
        return [
          canSearch ? stableStringify({ name, settings }) : name,
          offering,
        ];
      }),
    );
    return [...places.values()];
  }

  async #look(offering: Offering): Promise<Place> {
    const { name, settings } = offering.file.spec.engine;
    const searched = { engine: name, offering: offering.name };
    const engine = this.#engines.get(name);
    if (!engine?.survey) {
      return {
        standing: [],
        searched: {
          ...searched,
          problem: engine?.remaining
            ? `The states that the engine “${name}” keeps here were searched. What stands in none that the portal keeps, such as what was made in the moment a run was killed, is found in the console of its provider alone, by the tag managed-by: waymark.`
            : `${name} cannot search for what carries our mark. Look in its own console for the tag managed-by: waymark.`,
        },
      };
    }
    try {
      const signal = AbortSignal.timeout(patienceMs);
      return { searched, standing: await engine.survey(settings, signal) };
    } catch (error) {
      return {
        standing: [],
        searched: { ...searched, problem: (error as Error).message },
      };
    }
  }
}
