import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import type { Cipher } from '../encryption/Cipher';
import { parseLock, parseState, type LockInfo } from './parse';
import type { Grant } from './StateGrants';
import type { HeldLock, StateStore } from './StateStore';

/** A lock that its holder neither uses nor gives back may be taken after this. */
const defaultLeaseSeconds = 3600;

const partSize = 500;

const purposeOf = (resourceId: string, version: number) =>
  `state:${resourceId}:${version}`;

/**
 * Keeps states as Terraform's HTTP backend wants it: in versions, encrypted,
 * under a lock with a lease. Whoever lost the lock can write nothing any more.
 */
export class StateService {
  readonly #store: StateStore;
  readonly #cipher: Cipher;
  readonly #leaseSeconds: number;

  static create(options: {
    store: StateStore;
    cipher: Cipher;
    leaseSeconds?: number;
  }): StateService {
    return new StateService(
      options.store,
      options.cipher,
      options.leaseSeconds ?? defaultLeaseSeconds,
    );
  }

  private constructor(store: StateStore, cipher: Cipher, leaseSeconds: number) {
    this.#store = store;
    this.#cipher = cipher;
    this.#leaseSeconds = leaseSeconds;
  }

  /** The newest state; undefined when there is none. */
  async read(grant: Grant): Promise<Buffer | undefined> {
    return this.newest(grant.resourceId);
  }

  /** The newest state of a resource, for the portal itself. */
  async newest(resourceId: string): Promise<Buffer | undefined> {
    const stored = await this.#store.newest(resourceId);
    return stored?.sealed
      ? this.#cipher.decrypt(
          stored.sealed,
          purposeOf(resourceId, stored.version),
        )
      : undefined;
  }

  /** Ids of all resources that have a state, in parts. */
  async *kept(): AsyncIterable<string[]> {
    for (let last: string | undefined; ; ) {
      const ids = await this.#store.kept(last, partSize);
      if (ids.length > 0) yield ids;
      if (ids.length < partSize) return;
      last = ids.at(-1);
    }
  }

  /**
   * Keeps another version. The same one again is no conflict, because a client
   * that got no answer asks again.
   *
   * @throws InputError when it is no state; ConflictError when the lock is not
   *   held, or the state does not follow the one that is there
   */
  async write(
    grant: Grant,
    body: Buffer,
    lockId: string | undefined,
  ): Promise<void> {
    requireWrite(grant);
    const { serial, lineage } = parseState(body);
    const digest = createHash('sha256').update(body).digest();
    await this.#store.hold(grant.resourceId, async (tx, held) => {
      await this.#renew(tx, grant, held.lock, lockId);
      const before = await this.#store.newest(grant.resourceId, tx);
      if (before?.sealed) {
        if (before.digest?.equals(digest)) return;
        if (before.lineage !== lineage) {
          throw new ConflictError(
            `This state has the lineage ${lineage}, and the one that is kept ${before.lineage}: it belongs to something else`,
          );
        }
        if (serial <= Number(before.serial)) {
          throw new ConflictError(
            `This state has the serial ${serial}, and serial ${before.serial} is kept already: it is not made from the newest`,
          );
        }
      }
      const version = held.version + 1;
      await this.#store.add(tx, grant, {
        version,
        lineage,
        serial,
        digest,
        sealed: this.#cipher.encrypt(
          body,
          purposeOf(grant.resourceId, version),
        ),
      });
    });
  }

  /** Removes the state; earlier versions stay. @throws ConflictError when the lock is not held */
  async remove(grant: Grant, lockId: string | undefined): Promise<void> {
    requireWrite(grant);
    await this.#store.hold(grant.resourceId, async (tx, held) => {
      await this.#renew(tx, grant, held.lock, lockId);
      await this.#store.add(tx, grant, {
        version: held.version + 1,
        lineage: null,
        serial: null,
        digest: null,
        sealed: null,
      });
    });
  }

  /**
   * Takes the lock, also from a run that has ended or let its lease lapse.
   *
   * @returns who holds it when somebody else does
   */
  async lock(grant: Grant, body: Buffer): Promise<LockInfo | undefined> {
    requireWrite(grant);
    const info = parseLock(body);
    return this.#store.hold(grant.resourceId, async (tx, { lock }) => {
      const isOwn = lock?.id === info.ID && lock.grant === grant.id;
      if (lock && !lock.lapsed && !isOwn) return lock.info;
      await this.#store.lock(tx, grant, info, this.#leaseSeconds);
      return undefined;
    });
  }

  /** Gives the lock back; one that nobody holds is free already. @throws ConflictError when somebody else holds it */
  async unlock(grant: Grant, body: Buffer): Promise<void> {
    requireWrite(grant);
    const { ID } = parseLock(body);
    await this.#store.hold(grant.resourceId, async (tx, { lock }) => {
      if (!lock) return;
      if (lock.id !== ID || lock.grant !== grant.id) throw lost(lock);
      await this.#store.unlock(tx, grant);
    });
  }

  /** Whoever works holds on to the lock; whoever lost it is fenced off. */
  async #renew(
    tx: Knex.Transaction,
    grant: Grant,
    lock: HeldLock | undefined,
    lockId: string | undefined,
  ): Promise<void> {
    if (!lock || lock.id !== lockId || lock.grant !== grant.id) {
      throw lost(lock);
    }
    await this.#store.lock(tx, grant, lock.info, this.#leaseSeconds);
  }
}

function requireWrite(grant: Grant): void {
  if (grant.access !== 'write') {
    throw new NotAllowedError(
      'These credentials are for looking at the state; only a run that applies may lock and write it',
    );
  }
}

function lost(lock: HeldLock | undefined): ConflictError {
  return new ConflictError(
    lock
      ? `The state is locked by ${lock.id}; whoever held it before can write nothing any more`
      : 'The state is not locked; take the lock before writing',
  );
}
