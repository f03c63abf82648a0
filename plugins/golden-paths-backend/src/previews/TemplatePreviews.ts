import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isTemplateEntityV1beta3,
  type TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import type {
  Preview,
  PreviewRequest,
} from '@waymark/plugin-golden-paths-common';
import type { DryRun } from './DryRun';
import type { Previews } from './Previews';
import type { TemplateSource } from './TemplateSource';
import { toPreview } from './toPreview';
import { withoutOutsideSteps } from './withoutOutsideSteps';

/**
 * Previews by a dry run. The template comes from the catalog, as the caller
 * sees it, and its files from its source; the caller gives the values only, so
 * nothing a caller writes is ever executed.
 */
export class TemplatePreviews implements Previews {
  readonly #catalog: CatalogService;
  readonly #source: TemplateSource;
  readonly #dryRun: DryRun;

  private constructor(options: {
    catalog: CatalogService;
    source: TemplateSource;
    dryRun: DryRun;
  }) {
    this.#catalog = options.catalog;
    this.#source = options.source;
    this.#dryRun = options.dryRun;
  }

  static create(options: {
    catalog: CatalogService;
    source: TemplateSource;
    dryRun: DryRun;
  }): TemplatePreviews {
    return new TemplatePreviews(options);
  }

  async create(
    { templateRef, values }: PreviewRequest,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<Preview> {
    const template = await this.#findTemplate(templateRef, credentials);
    const { previewed, skipped } = withoutOutsideSteps(template);
    const files = await this.#source.readFolderOf(template);
    const result = await this.#dryRun.run({
      template: previewed,
      values,
      files,
    });
    return toPreview(result, skipped);
  }

  async #findTemplate(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<TemplateEntityV1beta3> {
    const ref = stringifyEntityRef(parseTemplateRef(templateRef));
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `No template ${ref} is in the catalog, or you may not read it`,
      );
    }
    if (!isTemplateEntityV1beta3(entity)) {
      throw new InputError(
        `${ref} is ${entity.kind} of ${entity.apiVersion}; only templates of scaffolder.backstage.io/v1beta3 can be previewed`,
      );
    }
    return entity;
  }
}

function parseTemplateRef(templateRef: string) {
  try {
    return parseEntityRef(templateRef, { defaultKind: 'template' });
  } catch {
    throw new InputError(
      'templateRef is not an entity reference; write it as template:default/node-service',
    );
  }
}
