import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Campaign,
  CampaignPage,
  CampaignRequest,
  PageQuery,
} from '@waymark/plugin-golden-paths-common';
import { gt } from 'semver';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { ExceptionStore } from '../fleet/ExceptionStore';
import type { ServiceStore } from '../fleet/ServiceStore';
import type { Releases } from '../releases/Releases';
import type { NewUpgrade } from '../upgrades/UpgradeStore';
import type { Campaigns } from './Campaigns';
import type { CampaignRow, CampaignStore } from './CampaignStore';

const nothingYet: Campaign['progress'] = {
  total: 0,
  waiting: 0,
  running: 0,
  proposed: 0,
  merged: 0,
  failed: 0,
  cancelled: 0,
  conflicts: 0,
};

/** Puts many upgrades into the queue at once, and watches over them. */
export class DefaultCampaigns implements Campaigns {
  readonly #options: CampaignsOptions;

  private constructor(options: CampaignsOptions) {
    this.#options = options;
  }

  static create(options: CampaignsOptions): DefaultCampaigns {
    return new DefaultCampaigns(options);
  }

  async start(request: CampaignRequest, caller: Caller): Promise<Campaign> {
    const { store, releases, services, exceptions, onChanged } = this.#options;
    const { title, template, owner, merge = 'never' } = request;
    const release = await releases.current(template);
    const by = callerName(caller.credentials);
    const members = await services.members({ template, owner });
    const behind = members.filter(
      ({ version }) => version && gt(release.version, version),
    );
    const exempt = await exceptions.versionsHolding(
      behind.map(({ entity_ref: entityRef }) => entityRef),
    );
    const upgrades = behind.flatMap((member): NewUpgrade[] =>
      member.repository &&
      member.version &&
      !member.problem &&
      !exempt.has(member.entity_ref)
        ? [
            {
              entity_ref: member.entity_ref,
              repository: member.repository,
              template,
              from_version: member.version,
              to_version: release.version,
              answers: {},
              asked_by: by,
            },
          ]
        : [],
    );
    const row =
      upgrades.length > 0 &&
      (await store.start(
        {
          title,
          template,
          to_version: release.version,
          owner: owner ?? null,
          merge,
          left_out: behind.length - upgrades.length,
          started_by: by,
        },
        upgrades,
      ));
    if (!row) {
      throw new ConflictError(
        `Nothing is to be upgraded: every repository of ${template} ${
          owner ? `that ${owner} owns ` : ''
        }is on ${
          release.version
        }, cannot be read, has an exception, or is being upgraded already`,
      );
    }
    onChanged();
    return this.find(row.id);
  }

  async list(query: PageQuery): Promise<CampaignPage> {
    const { limit = 50, offset = 0 } = query;
    const { items, total } = await this.#options.store.list({ limit, offset });
    return { items: await this.#described(items), total };
  }

  async find(id: string): Promise<Campaign> {
    const row = await this.#options.store.find(id);
    if (!row) throw new NotFoundError(`There is no campaign ${id}`);
    const [campaign] = await this.#described([row]);
    return campaign;
  }

  pause(id: string): Promise<Campaign> {
    return this.#change(id, ['running'], 'paused');
  }

  resume(id: string): Promise<Campaign> {
    return this.#change(id, ['paused'], 'running');
  }

  async cancel(id: string): Promise<Campaign> {
    const { state } = await this.find(id);
    if (!(await this.#options.store.cancel(id))) throw refused(state);
    return this.find(id);
  }

  async #change(
    id: string,
    from: Campaign['state'][],
    to: Campaign['state'],
  ): Promise<Campaign> {
    const { store, onChanged } = this.#options;
    const { state } = await this.find(id);
    if (!(await store.change(id, from, to))) throw refused(state);
    await store.endFinished();
    onChanged();
    return this.find(id);
  }

  async #described(rows: CampaignRow[]): Promise<Campaign[]> {
    const progress = await this.#options.store.progress(
      rows.map(({ id }) => id),
    );
    return rows.map(row => ({
      id: row.id,
      title: row.title,
      template: row.template,
      to: row.to_version,
      merge: row.merge,
      state: row.state,
      startedBy: row.started_by,
      startedAt: row.started_at.toISOString(),
      progress: progress.get(row.id) ?? nothingYet,
      leftOut: row.left_out,
      ...(row.owner ? { owner: row.owner } : {}),
      ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    }));
  }
}

function refused(state: Campaign['state']): ConflictError {
  return new ConflictError(`The campaign is ${state}`);
}

type CampaignsOptions = {
  store: CampaignStore;
  releases: Releases;
  services: ServiceStore;
  exceptions: ExceptionStore;
  /** Called after upgrades came into the queue, or may go on. */
  onChanged: () => void;
};
