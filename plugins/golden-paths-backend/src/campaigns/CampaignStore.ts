import type { Campaign } from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import { versionsHolding } from '../fleet/holding';
import type { NewUpgrade, UpgradeRow } from '../upgrades/UpgradeStore';

export type CampaignRow = {
  id: string;
  title: string;
  template: string;
  to_version: string;
  owner: string | null;
  merge: Campaign['merge'];
  left_out: number;
  state: Campaign['state'];
  started_by: string;
  started_at: Date;
  ended_at: Date | null;
};

/** Campaigns; their repositories are upgrades in the queue. */
export class CampaignStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Begins a campaign with all its upgrades, or nothing when every repository is under way already. */
  async start(
    campaign: Pick<
      CampaignRow,
      | 'title'
      | 'template'
      | 'to_version'
      | 'owner'
      | 'merge'
      | 'left_out'
      | 'started_by'
    >,
    upgrades: NewUpgrade[],
  ): Promise<CampaignRow | undefined> {
    return this.#knex.transaction(async tx => {
      const [row] = await tx('campaigns').insert(campaign).returning('*');
      let added = 0;
      for (let at = 0; at < upgrades.length; at += 500) {
        const inserted = await tx('upgrades')
          .insert(
            upgrades.slice(at, at + 500).map(upgrade => ({
              ...upgrade,
              answers: JSON.stringify(upgrade.answers),
              campaign_id: row.id,
            })),
          )
          .onConflict()
          .ignore()
          .returning('id');
        added += inserted.length;
      }
      if (added > 0) return row;
      await tx('campaigns').where({ id: row.id }).delete();
      return undefined;
    });
  }

  async find(id: string): Promise<CampaignRow | undefined> {
    return this.#knex('campaigns').where({ id }).first();
  }

  /**
   * Whether an upgrade is to be merged where nothing is in conflict: its campaign
   * says so, and no exception lets the component stay on its version.
   */
  async mergesClean({ id }: Pick<UpgradeRow, 'id'>): Promise<boolean> {
    const { rows } = await this.#knex.raw<{ rows: unknown[] }>(
      `select from upgrades u join campaigns c on c.id = u.campaign_id
        where u.id = ? and c.merge = 'clean'
          and not ${versionsHolding('u.entity_ref')}`,
      [id],
    );
    return rows.length > 0;
  }

  /** Takes out of campaigns what waits and need not be upgraded any more, and ends those that have nothing else to do. */
  async letOff(): Promise<void> {
    await this.#knex.raw(
      `update upgrades u set state = 'cancelled', ended_at = now(),
          message = 'An exception lets it stay on its version'
        where u.state = 'waiting' and u.campaign_id is not null
          and ${versionsHolding('u.entity_ref')}`,
    );
    await this.endFinished();
  }

  async list(page: {
    limit: number;
    offset: number;
  }): Promise<{ items: CampaignRow[]; total: number }> {
    const [items, [{ total }]] = await Promise.all([
      this.#knex('campaigns')
        .orderBy('started_at', 'desc')
        .limit(page.limit)
        .offset(page.offset),
      this.#knex('campaigns').count<{ total: string }[]>({ total: '*' }),
    ]);
    return { items, total: Number(total) };
  }

  /** How many upgrades of each campaign stand how. */
  async progress(ids: string[]): Promise<Map<string, Campaign['progress']>> {
    const { rows } = await this.#knex.raw<{
      rows: ({ id: string } & Campaign['progress'])[];
    }>(
      `select campaign_id as id, count(*)::int as total,
          count(*) filter (where state = 'waiting')::int as waiting,
          count(*) filter (where state = 'running')::int as running,
          count(*) filter (where state = 'proposed')::int as proposed,
          count(*) filter (where state = 'merged')::int as merged,
          count(*) filter (where state = 'failed')::int as failed,
          count(*) filter (where state = 'cancelled')::int as cancelled,
          count(*) filter (where jsonb_array_length(conflicts) > 0)::int as conflicts
        from upgrades where campaign_id = any(?) group by campaign_id`,
      [ids],
    );
    return new Map(rows.map(({ id, ...progress }) => [id, progress]));
  }

  /** @returns whether it stood as it was to stand before */
  async change(
    id: string,
    from: Campaign['state'][],
    to: Campaign['state'],
  ): Promise<boolean> {
    const changed = await this.#knex('campaigns')
      .where({ id })
      .whereIn('state', from)
      .update({ state: to });
    return changed > 0;
  }

  /** @returns whether it had not ended yet */
  async cancel(id: string): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const changed = await tx('campaigns')
        .where({ id })
        .whereIn('state', ['running', 'paused'])
        .update({ state: 'cancelled', ended_at: tx.fn.now() });
      if (changed === 0) return false;
      await tx('upgrades')
        .where({ campaign_id: id, state: 'waiting' })
        .update({ state: 'cancelled', ended_at: tx.fn.now() });
      return true;
    });
  }

  /** Ends those that have nothing more to do. */
  async endFinished(): Promise<void> {
    await this.#knex.raw(
      `update campaigns c set state = 'done', ended_at = now()
        where c.state = 'running' and not exists (
          select 1 from upgrades u where u.campaign_id = c.id
            and u.state in ('waiting', 'running'))`,
    );
  }
}
