import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  createTemplateAction,
  type ActionContext,
} from '@backstage/plugin-scaffolder-node';
import type { Author, RepositoryHost } from '@waymark/plugin-repositories-node';
import fs from 'node:fs/promises';
import type { CatalogTraces } from '../catalog/CatalogTraces';
import { publishExamples } from './examples';

/** Whom the first commit is by: the person who asked, as the catalog knows them. */
export function authorOf(
  user: ActionContext<{}>['user'],
  fallback: Author,
): Author {
  const profile = user?.entity?.spec.profile;
  return {
    name: profile?.displayName ?? user?.entity?.metadata.name ?? fallback.name,
    email: profile?.email ?? fallback.email,
  };
}

/**
 * A task that ended has lost its files: trying it once more finds an empty
 * folder, which says nothing about the template.
 */
async function requireFiles(directory: string): Promise<void> {
  const files = await fs.readdir(directory).catch(() => []);
  if (files.length === 0) {
    throw new InputError(
      'There are no files to publish: the template wrote none, or this task ended before and its files are gone. Nothing was published; start again from the template',
    );
  }
}

/** `repository:publish`: makes a repository of the task's files, on whichever host is configured. */
export function createPublishAction(options: {
  host: RepositoryHost;
  traces: CatalogTraces;
  /** Whom a commit is by when the catalog knows nobody. */
  fallbackAuthor: Author;
}) {
  const { host, traces, fallbackAuthor } = options;
  return createTemplateAction({
    id: 'repository:publish',
    description:
      'Makes a Git repository of the files in the workspace, on the host that the portal is configured for. The repository is whole or not there at all.',
    examples: publishExamples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              'Names the repository: lower-case words joined by hyphens, 3 to 50 characters',
          }),
        description: z =>
          z.string({ description: 'What it holds, in one sentence' }),
        defaultBranch: z =>
          z
            .string({ description: 'The branch to begin with' })
            .default('main')
            .optional(),
        commitMessage: z =>
          z.string({ description: 'What the first commit says' }).optional(),
        sourcePath: z =>
          z
            .string({
              description:
                'The folder of the workspace to publish; all of it when left out',
            })
            .optional(),
      },
      output: {
        repositoryUrl: z => z.string({ description: 'What a person opens' }),
        cloneUrl: z => z.string({ description: 'What git clone takes' }),
        catalogInfoUrl: z =>
          z.string({
            description:
              'The catalog-info.yaml that repository:register registers',
          }),
      },
    },
    async handler(ctx) {
      const {
        name,
        description,
        defaultBranch = 'main',
        commitMessage = `Create ${name}`,
        sourcePath = '.',
      } = ctx.input;
      const urls = host.urlsFor({ name, defaultBranch });
      const directory = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would publish ${urls.repositoryUrl}`);
      } else {
        await ctx.checkpoint({
          key: `publish.${name}`,
          async fn() {
            await requireFiles(directory);
            await traces.requireFree({
              directory,
              catalogInfoUrl: urls.catalogInfoUrl,
            });
            await host.publish({
              name,
              description,
              directory,
              defaultBranch,
              commitMessage,
              author: authorOf(ctx.user, fallbackAuthor),
              taskId: ctx.task.id,
            });
            return name;
          },
        });
        ctx.logger.info(
          `Published ${name}. Clone it with: git clone ${urls.cloneUrl} ${name}`,
        );
      }
      ctx.output('repositoryUrl', urls.repositoryUrl);
      ctx.output('cloneUrl', urls.cloneUrl);
      ctx.output('catalogInfoUrl', urls.catalogInfoUrl);
    },
  });
}
