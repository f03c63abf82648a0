import type {
  UpgradeChange,
  UpgradeConflict,
  UpgradeState,
} from '@waymark/plugin-golden-paths-common';
import type { JsonObject } from '@backstage/types';
import type { ChecksState } from '@waymark/plugin-repositories-node';
import type { Knex } from 'knex';
import { versionsHolding } from '../fleet/holding';

/** What is to be upgraded. */
export type NewUpgrade = {
  entity_ref: string;
  repository: string;
  template: string;
  from_version: string;
  to_version: string;
  answers: JsonObject;
  asked_by: string;
};

/** An upgrade as it is kept. */
export type UpgradeRow = NewUpgrade & {
  id: string;
  campaign_id: string | null;
  state: UpgradeState;
  asked_at: Date;
  fence: number;
  ended_at: Date | null;
  head: string | null;
  branch: string | null;
  commit: string | null;
  proposal_url: string | null;
  summary: string | null;
  changes: UpgradeChange[];
  conflicts: UpgradeConflict[];
  message: string | null;
  merged_by: string | null;
  checks: ChecksState | null;
  /** Which checks have not passed; without `checks`, what keeps the host from merging. */
  checks_note: string | null;
};

/** That one replica works on an upgrade; a later one has a higher fence. */
export type Lease = Pick<UpgradeRow, 'id' | 'fence'>;

/** What came of it. */
export type Outcome = Pick<
  UpgradeRow,
  | 'head'
  | 'branch'
  | 'commit'
  | 'proposal_url'
  | 'summary'
  | 'changes'
  | 'conflicts'
  | 'merged_by'
>;

/** Another replica has taken the upgrade over. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another replica works on this upgrade');
    this.name = 'LeaseLostError';
  }
}

/** A replica that says nothing for so long has died. */
export const leaseSeconds = 30;

export type UpgradeFilter = {
  entityRef?: string;
  campaign?: string;
  state?: UpgradeState;
};

/** The queue of upgrades, and their history. */
export class UpgradeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns nothing when the repository has an open one already */
  async add(upgrade: NewUpgrade): Promise<UpgradeRow | undefined> {
    const [row] = await this.#knex('upgrades')
      .insert({ ...upgrade, answers: JSON.stringify(upgrade.answers) })
      .onConflict(
        this.#knex.raw(`(repository) where state in ('waiting', 'running')`),
      )
      .ignore()
      .returning('*');
    return row;
  }

  /**
   * Keeps an adoption, which is proposed outside the queue, so that it is found
   * and merged as upgrades are. The same again is kept once.
   */
  async addAdoption(proposal: NewUpgrade & Outcome): Promise<void> {
    await this.#knex('upgrades')
      .insert({
        ...proposal,
        answers: JSON.stringify(proposal.answers),
        changes: JSON.stringify(proposal.changes),
        conflicts: JSON.stringify(proposal.conflicts),
        state: 'proposed',
        ended_at: this.#knex.fn.now(),
      })
      .onConflict(
        this.#knex.raw(`(repository, commit) where from_version = ''`),
      )
      .ignore();
  }

  async find(id: string): Promise<UpgradeRow | undefined> {
    return this.#knex('upgrades').where({ id }).first();
  }

  async list(
    filter: UpgradeFilter,
    page: { limit: number; offset: number },
  ): Promise<{ items: UpgradeRow[]; total: number }> {
    const matching = () =>
      this.#knex('upgrades').where(query => {
        if (filter.entityRef) query.where('entity_ref', filter.entityRef);
        if (filter.campaign) query.where('campaign_id', filter.campaign);
        if (filter.state) query.where('state', filter.state);
      });
    const [items, [{ total }]] = await Promise.all([
      matching()
        .orderBy([{ column: 'asked_at', order: 'desc' }, 'entity_ref'])
        .limit(page.limit)
        .offset(page.offset)
        .select(),
      matching().count<{ total: string }[]>({ total: '*' }),
    ]);
    return { items, total: Number(total) };
  }

  /** The latest upgrade of each of these. */
  async latest(entityRefs: string[]): Promise<Map<string, UpgradeRow>> {
    const rows: UpgradeRow[] = await this.#knex('upgrades')
      .distinctOn('entity_ref')
      .whereIn('entity_ref', entityRefs)
      .orderBy([
        { column: 'entity_ref' },
        { column: 'asked_at', order: 'desc' },
      ])
      .select();
    return new Map(rows.map(row => [row.entity_ref, row]));
  }

  /** What the portal itself last put on the branch of a repository. */
  async lastCommit(
    repository: string,
    toVersion: string,
  ): Promise<string | undefined> {
    const row = await this.#knex('upgrades')
      .where({ repository, to_version: toVersion })
      .whereNotNull('commit')
      .orderBy('asked_at', 'desc')
      .first('commit');
    return row?.commit;
  }

  /**
   * Takes what is next: what a dead replica left first, then what one person
   * waits for, then campaigns that are not paused, without those whom an
   * exception lets stay on their version.
   */
  async claim(): Promise<UpgradeRow | undefined> {
    const { rows } = await this.#knex.raw<{ rows: UpgradeRow[] }>(
      `update upgrades set state = 'running', fence = fence + 1,
          leased_until = now() + ? * interval '1 second'
        where id = (
          select u.id from upgrades u
          left join campaigns c on c.id = u.campaign_id
          where (u.state = 'running' and u.leased_until < now())
            or (u.state = 'waiting' and (c.id is null or (c.state = 'running'
              and not ${versionsHolding('u.entity_ref')})))
          order by u.state = 'running' desc, c.id is not null, u.asked_at, u.entity_ref
          limit 1 for update of u skip locked
        )
        returning *`,
      [leaseSeconds],
    );
    return rows[0];
  }

  /** @throws LeaseLostError */
  async renew(lease: Lease): Promise<void> {
    await this.#hold(lease, {
      leased_until: this.#knex.raw(`now() + ? * interval '1 second'`, [
        leaseSeconds,
      ]),
    });
  }

  /** @throws LeaseLostError */
  async end(
    lease: Lease,
    state: 'proposed' | 'merged',
    outcome: Outcome,
  ): Promise<void> {
    await this.#hold(lease, {
      ...outcome,
      changes: JSON.stringify(outcome.changes),
      conflicts: JSON.stringify(outcome.conflicts),
      state,
      ended_at: this.#knex.fn.now(),
    });
  }

  /** @throws LeaseLostError */
  async fail(lease: Lease, message: string): Promise<void> {
    await this.#hold(lease, {
      state: 'failed',
      message: message.slice(0, 2000),
      ended_at: this.#knex.fn.now(),
    });
  }

  /** @returns whether it was still to be merged */
  async merged(id: string, by: string): Promise<boolean> {
    const changed = await this.#knex('upgrades')
      .where({ id, state: 'proposed' })
      .update({ state: 'merged', merged_by: by });
    return changed > 0;
  }

  /**
   * Takes proposals that are to be merged once their checks have passed: of
   * campaigns that say so, without conflicts, and of nobody whom an exception
   * lets stay. Each comes up every two minutes; one that the host did not merge,
   * less often.
   */
  async toCheck(limit: number): Promise<UpgradeRow[]> {
    const { rows } = await this.#knex.raw<{ rows: UpgradeRow[] }>(
      `update upgrades set checked_at = now()
        where id in (
          select u.id from upgrades u join campaigns c on c.id = u.campaign_id
          where u.state = 'proposed' and c.merge = 'clean'
            and c.state in ('running', 'done')
            and jsonb_array_length(u.conflicts) = 0
            and not ${versionsHolding('u.entity_ref')}
            and (u.checked_at is null or u.checked_at < now() -
              case when u.checks is null then interval '15 minutes'
                else interval '2 minutes' end)
          order by u.checked_at nulls first, u.asked_at
          limit ? for update of u skip locked
        )
        returning *`,
      [limit],
    );
    return rows;
  }

  /** Notes how the checks of a proposal stand, and what is in the way. */
  async noteChecks(
    id: string,
    found: { checks: ChecksState | null; note: string | null },
  ): Promise<void> {
    await this.#knex('upgrades')
      .where({ id })
      .update({ checks: found.checks, checks_note: found.note });
  }

  /** Notes what people merged on the host: the repository has come to the version. */
  async noteMerged(): Promise<void> {
    await this.#knex.raw(
      `update upgrades u set state = 'merged' from services s
        where s.entity_ref = u.entity_ref and u.state = 'proposed'
          and s.version = u.to_version and s.read_at > u.ended_at`,
    );
  }

  async #hold(lease: Lease, changes: object): Promise<void> {
    const held = await this.#knex('upgrades')
      .where({ id: lease.id, fence: lease.fence, state: 'running' })
      .update(changes);
    if (held === 0) throw new LeaseLostError();
  }
}
