import type { UpgradePreview } from '@waymark/plugin-golden-paths-common';
import {
  prepareUpgrade,
  upgradeBranch,
  type Release,
} from '@waymark/plugin-golden-paths-node';
import type {
  Author,
  RepositoryHost,
  WorkingCopy,
} from '@waymark/plugin-repositories-node';
import type { Releases } from '../releases/Releases';

/** How many previews are remembered. */
const mostKept = 100;

/** What is upgraded to what. */
export type UpgradeTarget = {
  repository: string;
  /** The version that it is on. */
  version: string;
  release: Release;
};

/**
 * Looks what upgrades would change. A look copies a repository and merges in
 * it, and everybody who sees the fleet may ask for one: there is one at a time
 * of each repository, whose answer all get who asked meanwhile, and it merges
 * only what it has not merged before.
 */
export class UpgradePreviews {
  readonly #options: PreviewsOptions;
  readonly #running = new Map<
    string,
    { key: string; result: Promise<UpgradePreview> }
  >();
  /** Those that were asked for last come last. */
  readonly #kept = new Map<string, { seen: string; preview: UpgradePreview }>();

  constructor(options: PreviewsOptions) {
    this.#options = options;
  }

  async look(target: UpgradeTarget): Promise<UpgradePreview> {
    const { repository, version, release } = target;
    const key = JSON.stringify([
      repository,
      release.template,
      version,
      release.version,
    ]);
    let running = this.#running.get(repository);
    while (running) {
      if (running.key === key) return running.result;
      await running.result.catch(() => undefined);
      running = this.#running.get(repository);
    }
    const result = this.#lookNow(key, target).finally(() =>
      this.#running.delete(repository),
    );
    this.#running.set(repository, { key, result });
    return result;
  }

  async #lookNow(key: string, target: UpgradeTarget): Promise<UpgradePreview> {
    const copy = await this.#options.host.open(target.repository);
    try {
      const seen = JSON.stringify([...copy.branches].sort());
      const kept = this.#kept.get(key);
      const preview =
        kept?.seen === seen ? kept.preview : await this.#merge(copy, target);
      this.#keep(key, { seen, preview });
      return preview;
    } finally {
      await copy.close();
    }
  }

  #keep(key: string, entry: { seen: string; preview: UpgradePreview }) {
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept) this.#kept.delete(oldest);
  }

  async #merge(
    copy: WorkingCopy,
    { release, version }: UpgradeTarget,
  ): Promise<UpgradePreview> {
    const { releases, author, portalUrl } = this.#options;
    const prepared = await prepareUpgrade(copy, {
      // Of a preview nothing is published, so it may stand in for any branch.
      id: 'preview',
      when: new Date(),
      author,
      portalUrl,
      release,
      current: await releases.find(release.template, version),
      replaces: copy.branches.get(
        upgradeBranch(release.template, release.version),
      ),
    });
    const { template, from, to, branch, title, summary } = prepared;
    const { changes, conflicts, migrations } = prepared;
    return {
      template,
      from,
      to,
      branch,
      title,
      summary,
      changes,
      conflicts,
      migrations,
    };
  }
}

type PreviewsOptions = {
  host: Pick<RepositoryHost, 'open'>;
  releases: Pick<Releases, 'find'>;
  /** Whom the commits are by. */
  author: Author;
  /** Where the portal is. */
  portalUrl: string;
};
