import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Upgrade,
  UpgradePage,
  UpgradePreview,
  UpgradeRequest,
  UpgradesQuery,
} from '@waymark/plugin-golden-paths-common';
import type { Author, RepositoryHost } from '@waymark/plugin-repositories-node';
import { gt } from 'semver';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { DefaultFleet } from '../fleet/DefaultFleet';
import type { Releases } from '../releases/Releases';
import type { Merger } from './Merger';
import { toUpgrade } from './toUpgrade';
import { UpgradePreviews, type UpgradeTarget } from './UpgradePreviews';
import type { Upgrades } from './Upgrades';
import type { UpgradeRow, UpgradeStore } from './UpgradeStore';

/** Puts upgrades into the queue, and tells of them. */
export class DefaultUpgrades implements Upgrades {
  readonly #options: UpgradesOptions;
  readonly #previews: UpgradePreviews;

  private constructor(options: UpgradesOptions) {
    this.#options = options;
    this.#previews = new UpgradePreviews(options);
  }

  static create(options: UpgradesOptions): DefaultUpgrades {
    return new DefaultUpgrades(options);
  }

  async preview(entityRef: string): Promise<UpgradePreview> {
    return this.#previews.look(await this.#target(entityRef));
  }

  async request(request: UpgradeRequest, caller: Caller): Promise<Upgrade> {
    const { store, onAdded } = this.#options;
    const { entityRef, answers = {} } = request;
    const { repository, release, version } = await this.#target(entityRef);
    const added = await store.add({
      entity_ref: entityRef,
      repository,
      template: release.template,
      from_version: version,
      to_version: release.version,
      answers: answers as JsonObject,
      asked_by: callerName(caller.credentials),
    });
    if (!added) {
      throw new ConflictError(
        `An upgrade of ${entityRef} is under way already; wait until it has ended`,
      );
    }
    onAdded();
    return toUpgrade(added);
  }

  async list(query: UpgradesQuery): Promise<UpgradePage> {
    const { limit = 50, offset = 0, ...filter } = query;
    const { items, total } = await this.#options.store.list(filter, {
      limit,
      offset,
    });
    return { items: items.map(toUpgrade), total };
  }

  async find(id: string): Promise<Upgrade> {
    return toUpgrade(await this.#require(id));
  }

  async merge(id: string, caller: Caller): Promise<Upgrade> {
    await this.#options.merger.merge(
      await this.#require(id),
      callerName(caller.credentials),
    );
    return this.find(id);
  }

  async #require(id: string): Promise<UpgradeRow> {
    const row = await this.#options.store.find(id);
    if (!row) throw new NotFoundError(`There is no upgrade ${id}`);
    return row;
  }

  /** What is upgraded to what. */
  async #target(entityRef: string): Promise<UpgradeTarget> {
    const { fleet, releases } = this.#options;
    const { repository, template, version, problem } = await fleet.require(
      entityRef,
    );
    if (!repository || !template || !version || problem) {
      throw new InputError(
        `${entityRef} cannot be upgraded: ${
          problem ?? 'its repository is not read yet; try again in a minute'
        }`,
      );
    }
    const release = await releases.current(template);
    if (!gt(release.version, version)) {
      throw new ConflictError(
        `${entityRef} is on ${version}, the current version of ${template}`,
      );
    }
    return { repository, version, release };
  }
}

type UpgradesOptions = {
  fleet: DefaultFleet;
  releases: Releases;
  store: UpgradeStore;
  merger: Merger;
  host: Pick<RepositoryHost, 'open'>;
  /** Whom the commits are by. */
  author: Author;
  /** Where the portal is. */
  portalUrl: string;
  /** Called after an upgrade came into the queue. */
  onAdded: () => void;
};
