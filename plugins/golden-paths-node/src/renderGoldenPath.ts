import type { JsonObject } from '@backstage/types';
import { recordFile, type GoldenPathRecord } from './record/GoldenPathRecord';
import { combineLayers, type Layer } from './render/combineLayers';
import { renderFiles } from './render/renderFiles';
import type { TemplateFile } from './render/TemplateFile';

/** One version of a golden path, as its files are before they are rendered. */
export type GoldenPath = {
  /** The template, as an entity reference. */
  template: string;
  /** Semantic version of the template. */
  version: string;
  /** What it shares with others. */
  layers: Layer[];
  /** Its own files, which lie on top. */
  skeleton: TemplateFile[];
  /** What it says to its layers. */
  constants: JsonObject;
};

/** What a golden path is rendered with; the repository remembers it. */
export type RenderedWith = Pick<GoldenPathRecord, 'answers' | 'portalUrl'>;

/**
 * The files of a new repository, the record among them. The same golden path
 * rendered with the same always gives the same bytes, so that an upgrade can
 * tell what people changed.
 *
 * @throws InputError when a file cannot be rendered, or two layers bring the same one
 */
export function renderGoldenPath(
  goldenPath: GoldenPath,
  { answers, portalUrl }: RenderedWith,
): TemplateFile[] {
  const { template, version, constants } = goldenPath;
  const values = {
    ...constants,
    ...answers,
    // Where it was not known then, it stands in for nothing else now.
    ...(portalUrl === undefined ? {} : { portalUrl }),
    templateName: template.replace(/^.*\//, ''),
    templateVersion: version,
  };
  const files = combineLayers(
    goldenPath.layers.map(({ name, files: shared }) => ({
      name,
      files: renderFiles(shared, values),
    })),
    renderFiles(goldenPath.skeleton, values),
  );
  return [
    ...files,
    recordFile({ template, version, answers, portalUrl }, files),
  ];
}
