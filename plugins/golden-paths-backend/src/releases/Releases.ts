import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  GoldenPathTemplate,
  Support,
} from '@waymark/plugin-golden-paths-common';
import {
  isGoldenPath,
  packRelease,
  readRelease,
  unpackRelease,
  versionAnnotation,
  type Layers,
  type Release,
} from '@waymark/plugin-golden-paths-node';
import { rcompare } from 'semver';
import type { TemplateSource } from '../previews/TemplateSource';
import { saidOf } from '../said';
import type { ReleaseStore, TemplateRow } from './ReleaseStore';
import { endOf, supportOf } from './support';

/** The day from which nothing new should be made of a template. */
export const deprecatedAnnotation = 'waymark.io/deprecated-on';
export const replacedByAnnotation = 'waymark.io/replaced-by';

/** What the policy says of each version of each template. */
export type Supports = (template: string, version: string) => Support;

/**
 * The versions of golden paths. A version is published when the portal first
 * sees it in the catalog; what it is made of is kept from then on.
 */
export class Releases {
  readonly #options: ReleasesOptions;

  private constructor(options: ReleasesOptions) {
    this.#options = options;
  }

  static create(options: ReleasesOptions): Releases {
    return new Releases(options);
  }

  /** Looks at the templates of the catalog, and keeps the versions that are new. */
  async publish(): Promise<void> {
    const { catalog, auth, store } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      { filter: { kind: 'template' } },
      { credentials },
    );
    const rows: TemplateRow[] = [];
    for (const template of items.filter(isGoldenPath)) {
      rows.push(await this.#look(template));
    }
    await store.putTemplates(rows);
  }

  /** @throws NotFoundError */
  async current(template: string): Promise<Release> {
    const row = (await this.#options.store.templates()).find(
      known => known.template === template,
    );
    const release =
      row?.current && (await this.find(row.template, row.current));
    if (!release) {
      throw new NotFoundError(
        row?.problem ??
          `There is no version of ${template} to upgrade to: the catalog has no such golden path, or the portal has not read it yet`,
      );
    }
    return release;
  }

  async find(template: string, version: string): Promise<Release | undefined> {
    const content = await this.#options.store.content(template, version);
    return content && unpackRelease(content);
  }

  /** The newest version of each template that the catalog has. */
  async newest(): Promise<Map<string, string>> {
    const rows = await this.#options.store.templates();
    return new Map(
      rows.flatMap(({ template, current }): [string, string][] =>
        current ? [[template, current]] : [],
      ),
    );
  }

  /** Every version of the templates that the catalog has, with how long it is supported. */
  async known(): Promise<
    { template: string; version: string; support: Support }[]
  > {
    const [published, supports] = await Promise.all([
      this.#options.store.published(),
      this.supports(),
    ]);
    return published.map(({ template, version }) => ({
      template,
      version,
      support: supports(template, version),
    }));
  }

  /** Says of any version how long it is supported. */
  async supports(now = new Date()): Promise<Supports> {
    const { store } = this.#options;
    const [templates, published] = await Promise.all([
      store.templates(),
      store.published(),
    ]);
    const known = new Map(
      templates.map(({ template, notice_from }) => [
        template,
        supportOf(
          published.filter(release => release.template === template),
          { now, noticeFrom: notice_from ?? undefined },
        ),
      ]),
    );
    return (template, version) =>
      known.get(template)?.get(version) ?? { state: 'unknown' };
  }

  /** @param repositories - how many are on a version */
  async list(
    repositories: (template: string, version: string) => number,
  ): Promise<GoldenPathTemplate[]> {
    const { store } = this.#options;
    const [templates, published, supports] = await Promise.all([
      store.templates(),
      store.published(),
      this.supports(),
    ]);
    return templates.map(row => ({
      template: row.template,
      title: row.title,
      ...(row.current ? { current: row.current } : {}),
      ...(row.deprecated_on ? { deprecated: row.deprecated_on } : {}),
      ...(row.notice_from ? { supportedUntil: endOf(row.notice_from) } : {}),
      ...(row.replaced_by ? { replacedBy: row.replaced_by } : {}),
      ...(row.problem ? { problem: row.problem } : {}),
      versions: published
        .filter(({ template }) => template === row.template)
        .sort((a, b) => rcompare(a.version, b.version))
        .map(({ version, publishedAt }) => ({
          version,
          publishedAt: publishedAt.toISOString(),
          support: supports(row.template, version),
          repositories: repositories(row.template, version),
        })),
    }));
  }

  async #look(template: Entity): Promise<TemplateRow> {
    const { source, layers, store, logger } = this.#options;
    const ref = stringifyEntityRef(template);
    const { annotations = {}, title, name } = template.metadata;
    const version = annotations[versionAnnotation] ?? '';
    const row = {
      template: ref,
      title: title ?? name,
      current: version || null,
      deprecated_on: dayOf(annotations[deprecatedAnnotation]),
      replaced_by: annotations[replacedByAnnotation] ?? null,
      problem: null,
    };
    if (await store.has(ref, version)) return row;
    try {
      const release = await readRelease({
        template,
        files: await source.readFolderOf(template),
        readLayer: layer => layers.read(layer),
      });
      await store.add({ template: ref, version, ...packRelease(release) });
      logger.info(`Published ${ref} ${version}`);
      return row;
    } catch (error) {
      logger.warn(`${ref} ${version} cannot be published: ${error}`);
      return {
        ...row,
        current: null,
        problem: saidOf(error),
      };
    }
  }
}

function dayOf(text: string | undefined): string | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

type ReleasesOptions = {
  catalog: CatalogService;
  auth: AuthService;
  source: Pick<TemplateSource, 'readFolderOf'>;
  layers: Pick<Layers, 'read'>;
  store: ReleaseStore;
  logger: LoggerService;
};
