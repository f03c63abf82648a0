import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import {
  createTemplateAction,
  fetchContents,
  type ActionContext,
} from '@backstage/plugin-scaffolder-node';
import {
  renderGoldenPath,
  versionAnnotation,
  walkFolder,
  type Layers,
  type TemplateFile,
} from '@waymark/plugin-golden-paths-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import { renderExamples } from './examples';

/** `golden-path:render`: writes the files of a golden path, and what the repository remembers of it. */
export function createRenderAction(options: {
  reader: UrlReaderService;
  integrations: ScmIntegrations;
  layers: Layers;
  /** Where the portal is. */
  portalUrl: string;
}) {
  const { reader, integrations, layers, portalUrl } = options;

  async function readSkeleton(
    ctx: Pick<ActionContext<{}>, 'createTemporaryDirectory' | 'templateInfo'>,
    url: string,
  ): Promise<TemplateFile[]> {
    const folder = path.join(await ctx.createTemporaryDirectory(), 'skeleton');
    await fetchContents({
      reader,
      integrations,
      baseUrl: ctx.templateInfo?.baseUrl,
      fetchUrl: url,
      outputPath: folder,
    });
    const files: TemplateFile[] = [];
    for await (const file of walkFolder(folder)) files.push(file);
    return files;
  }

  return createTemplateAction({
    id: 'golden-path:render',
    description:
      "Writes the files of a golden path into the workspace: the layers it shares with others, its own skeleton on top, and .golden-path.json, by which the repository remembers template, version, answers and the portal's address. Files that end in .njk are rendered.",
    examples: renderExamples,
    supportsDryRun: true,
    schema: {
      input: {
        layers: z =>
          z
            .array(z.string(), {
              description:
                'Names of the layers it shares with other golden paths',
            })
            .default([])
            .optional(),
        skeleton: z =>
          z
            .string({
              description: 'The folder of its own files, beside the template',
            })
            .default('./skeleton')
            .optional(),
        answers: z =>
          z.record(z.any(), {
            description:
              'What was answered in the form; files have it as values, and the repository remembers it. No secrets.',
          }),
        constants: z =>
          z
            .record(z.any(), {
              description:
                'What the template says to its layers; files have it as values too',
            })
            .default({})
            .optional(),
      },
      output: {
        version: z => z.string({ description: 'The version of the template' }),
      },
    },
    async handler(ctx) {
      const {
        layers: names = [],
        skeleton = './skeleton',
        answers,
        constants = {},
      } = ctx.input;
      const { template, version } = identify(ctx.templateInfo);
      const files = renderGoldenPath(
        {
          template,
          version,
          constants,
          layers: await Promise.all(names.map(layer => layers.read(layer))),
          skeleton: await readSkeleton(ctx, skeleton),
        },
        { answers, portalUrl },
      );
      for (const file of files) await write(ctx.workspacePath, file);
      ctx.logger.info(`Wrote ${files.length} files of ${template} ${version}`);
      ctx.output('version', version);
    },
  });
}

/** The template and its version, as it says them itself. */
function identify(info: ActionContext<{}>['templateInfo']) {
  const { name, namespace, annotations } = info?.entity?.metadata ?? {};
  const version = annotations?.[versionAnnotation];
  if (!name || !version) {
    throw new InputError(
      `The template does not say its version. Whoever maintains it can add the annotation ${versionAnnotation}.`,
    );
  }
  return {
    template: stringifyEntityRef({ kind: 'template', namespace, name }),
    version,
  };
}

async function write(workspace: string, file: TemplateFile): Promise<void> {
  const target = resolveSafeChildPath(workspace, file.path);
  await fs.mkdir(path.dirname(target), { recursive: true });
  await fs.writeFile(target, file.content, {
    mode: file.executable ? 0o755 : 0o644,
  });
}
