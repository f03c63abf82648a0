import type { Knex } from 'knex';
import type { LockInfo } from './parse';
import type { Grant } from './StateGrants';

/** A version of a state as it is kept. */
export type StoredState = {
  version: number;
  lineage: string | null;
  serial: number | null;
  digest: Buffer | null;
  /** null where the state was removed. */
  sealed: Buffer | null;
};

/** A lock, and whether its holder may still be counted on. */
export type HeldLock = {
  id: string;
  info: LockInfo;
  grant: string;
  /** Its lease is over, or the run that took it has ended. */
  lapsed: boolean;
};

type StateRow = {
  version: number;
  lock_id: string | null;
  lock_info: LockInfo;
  lock_grant: string;
  lapsed: boolean;
};

/** Versions and locks of states in the database. */
export class StateStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Works on one state while nobody else does. */
  async hold<T>(
    resourceId: string,
    work: (
      tx: Knex.Transaction,
      held: { version: number; lock?: HeldLock },
    ) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(async tx => {
      await tx('states')
        .insert({ resource_id: resourceId })
        .onConflict('resource_id')
        .ignore();
      const { rows } = await tx.raw<{ rows: StateRow[] }>(
        `select version, lock_id, lock_info, lock_grant,
            lock_until < now() or not exists (
              select from state_grants g
              where g.id = lock_grant and g.expires_at > now()
            ) as lapsed
          from states where resource_id = ? for update`,
        [resourceId],
      );
      const [row] = rows;
      return work(tx, {
        version: row.version,
        lock:
          row.lock_id === null
            ? undefined
            : {
                id: row.lock_id,
                info: row.lock_info,
                grant: row.lock_grant,
                lapsed: row.lapsed,
              },
      });
    });
  }

  /** Resources whose newest version is not removed, a part of them in the order of their ids. */
  async kept(after: string | undefined, limit: number): Promise<string[]> {
    return this.#knex('states as s')
      .join('state_versions as v', join =>
        join
          .on('v.resource_id', 's.resource_id')
          .andOn('v.version', 's.version'),
      )
      .whereNotNull('v.sealed')
      .modify(rows => {
        if (after) rows.where('s.resource_id', '>', after);
      })
      .orderBy('s.resource_id')
      .limit(limit)
      .pluck('s.resource_id');
  }

  /** The newest version; undefined when there never was one. */
  async newest(
    resourceId: string,
    knex: Knex = this.#knex,
  ): Promise<StoredState | undefined> {
    const row = await knex('state_versions')
      .where({ resource_id: resourceId })
      .orderBy('version', 'desc')
      .first();
    return (
      row && {
        version: row.version,
        lineage: row.lineage,
        serial: row.serial === null ? null : Number(row.serial),
        digest: row.digest,
        sealed: row.sealed,
      }
    );
  }

  /** Adds a version to a state that is held. */
  async add(
    tx: Knex.Transaction,
    grant: Grant,
    stored: StoredState,
  ): Promise<void> {
    await tx('state_versions').insert({
      ...stored,
      resource_id: grant.resourceId,
      holder: grant.holder,
    });
    await tx('states')
      .where({ resource_id: grant.resourceId })
      .update({ version: stored.version });
  }

  /** Takes or renews the lock of a state that is held. */
  async lock(
    tx: Knex.Transaction,
    grant: Grant,
    info: LockInfo,
    leaseSeconds: number,
  ): Promise<void> {
    await tx('states')
      .where({ resource_id: grant.resourceId })
      .update({
        lock_id: info.ID,
        lock_info: JSON.stringify(info),
        lock_grant: grant.id,
        lock_until: tx.raw('now() + make_interval(secs => ?)', [leaseSeconds]),
      });
  }

  /** Gives the lock of a state that is held back. */
  async unlock(tx: Knex.Transaction, grant: Grant): Promise<void> {
    await tx('states').where({ resource_id: grant.resourceId }).update({
      lock_id: null,
      lock_info: null,
      lock_grant: null,
      lock_until: null,
    });
  }
}
