import { AuthenticationError } from '@backstage/errors';
import type { StateAccess } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import {
  createHash,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';

/** What somebody may do with the state of one resource. */
export type Grant = {
  id: string;
  resourceId: string;
  /** The run, or what else looks. */
  holder: string;
  access: 'read' | 'write';
};

type GrantRow = {
  id: string;
  resource_id: string;
  holder: string;
  access: Grant['access'];
  token_digest: Buffer;
  expires_at: Date;
};

/** Longer than any run; whoever gets a grant takes it back when the run ends. */
const lastsHours = 24;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const digestOf = (token: string) => createHash('sha256').update(token).digest();
/** What the token of an unknown grant is compared with, so that it takes as long. */
const nobody = digestOf(randomBytes(32).toString('base64url'));

/** Gives out keys to states: one for each run, for one resource, and no longer than the run. */
export class StateGrants {
  readonly #knex: Knex;
  readonly #baseUrl: () => Promise<string>;

  constructor(options: {
    knex: Knex;
    /** Where the plugin's own API is reached from this machine. */
    baseUrl: () => Promise<string>;
  }) {
    this.#knex = options.knex;
    this.#baseUrl = options.baseUrl;
  }

  /** Opens the state of a resource to a holder; only a digest of the token is kept. */
  async issue(options: {
    resourceId: string;
    holder: string;
    access: Grant['access'];
  }): Promise<StateAccess> {
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    await this.#knex('state_grants').insert({
      id,
      resource_id: options.resourceId,
      holder: options.holder,
      access: options.access,
      token_digest: digestOf(token),
      expires_at: this.#knex.raw('now() + make_interval(hours => ?)', [
        lastsHours,
      ]),
    });
    return {
      address: `${await this.#baseUrl()}/state/${options.resourceId}`,
      username: id,
      password: token,
    };
  }

  /** Takes all grants of a holder back; locks that it left are free at once. */
  async revoke(holder: string): Promise<void> {
    await this.#knex('state_grants')
      .where({ holder })
      .orWhere('expires_at', '<', this.#knex.fn.now())
      .delete();
  }

  /** Who holds grants to the state of a resource. */
  async holders(resourceId: string): Promise<string[]> {
    return this.#knex('state_grants')
      .where({ resource_id: resourceId })
      .distinct()
      .pluck('holder');
  }

  /**
   * Finds the grant by what a client shows.
   *
   * @throws AuthenticationError when there is none, or the token is not its own
   */
  async verify(credentials: { id: string; token: string }): Promise<Grant> {
    const row = uuid.test(credentials.id)
      ? await this.#knex<GrantRow>('state_grants')
          .where({ id: credentials.id })
          .where('expires_at', '>', this.#knex.fn.now())
          .first()
      : undefined;
    const isOwn = timingSafeEqual(
      digestOf(credentials.token),
      row?.token_digest ?? nobody,
    );
    if (!row || !isOwn) {
      throw new AuthenticationError(
        'This user name and password open no state; they are good for one run and end with it',
      );
    }
    return {
      id: row.id,
      resourceId: row.resource_id,
      holder: row.holder,
      access: row.access,
    };
  }
}
