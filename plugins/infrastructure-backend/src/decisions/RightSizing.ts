import type { JsonObject, JsonValue } from '@backstage/types';
import type { SizeHint } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { Offering } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';

/** Fewer say nothing about what is usual. */
const fewest = 2;
const mostLookedAt = 50;
const mostShown = 5;
/** Less is not worth a word: a share of the cost, and US dollars a month. */
const worthwhile = { share: 0.1, dollars: 1 };

/** What is asked for, or there. */
export type Sized = {
  offering: Offering;
  environment: string;
  owner: string;
  parameters: JsonObject;
  /** Not compared with itself. */
  resourceId?: string;
};

type Peer = Pick<ResourceRow, 'id' | 'name' | 'parameters'>;

/** A value that others really have: the middle one of numbers, and of words the one that most have. */
function usualOf(values: JsonValue[]): JsonValue | undefined {
  if (values.every(value => typeof value === 'number')) {
    const sorted = [...(values as number[])].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)];
  }
  return values.find(
    value => values.filter(other => other === value).length > values.length / 2,
  );
}

/**
 * Compares what a team asks for with what it runs already: the same offering in
 * the same environment. A hint and nothing more, since others may have other needs.
 */
export class RightSizing {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What would cost less if it were as the team's others are. */
  async hints(of: Sized): Promise<SizeHint[]> {
    const peers = await this.#peers(of);
    if (peers.length < fewest) return [];
    return Object.keys(of.parameters)
      .flatMap(parameter => this.#hint(of, parameter, peers))
      .sort((one, other) => other.monthlySaving - one.monthlySaving);
  }

  async #peers(of: Sized): Promise<Peer[]> {
    return this.#knex<ResourceRow>('resources')
      .where({
        offering: of.offering.name,
        environment: of.environment,
        owner_ref: of.owner,
      })
      .whereIn('state', ['ready', 'drifted'])
      .modify(rows => {
        if (of.resourceId) rows.whereNot({ id: of.resourceId });
      })
      .orderBy('created_at', 'desc')
      .limit(mostLookedAt)
      .select('id', 'name', 'parameters');
  }

  #hint(of: Sized, parameter: string, peers: Peer[]): SizeHint[] {
    const { offering, parameters } = of;
    const having = peers.filter(peer => parameter in peer.parameters);
    if (having.length < fewest) return [];
    const usual = usualOf(
      having.map(peer => peer.parameters[parameter] as JsonValue),
    );
    if (usual === undefined || usual === parameters[parameter]) return [];
    const instead = offering.check({ ...parameters, [parameter]: usual });
    if (instead.problems.length > 0) return [];
    const cost = offering.estimate(parameters).high;
    const saving = cost - offering.estimate(instead.parameters).high;
    if (saving < Math.max(worthwhile.dollars, cost * worthwhile.share)) {
      return [];
    }
    return [
      {
        parameter,
        value: String(parameters[parameter]),
        usual: String(usual),
        monthlySaving: Math.round(saving * 100) / 100,
        compared: having.length,
        evidence: having.slice(0, mostShown).map(peer => ({
          resourceId: peer.id,
          name: peer.name,
          value: String(peer.parameters[parameter]),
        })),
      },
    ];
  }
}
