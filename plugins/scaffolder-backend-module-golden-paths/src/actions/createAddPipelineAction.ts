import type { UserInfoService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Layers } from '@waymark/plugin-golden-paths-node';
import {
  modesOf,
  openOwnedRepository,
  proposeFiles,
  readFiles,
  type Author,
  type RepositoryHost,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { partIds } from '../pipeline/parts';
import { planPipeline, type RepositoryFiles } from '../pipeline/planPipeline';
import { reportPipeline } from '../pipeline/reportPipeline';
import { addPipelineExamples } from './examples';

/** Where people find what is added. */
const branch = 'add-pipeline';
const title = 'Add the standard pipeline';

async function filesOf(copy: WorkingCopy): Promise<RepositoryFiles> {
  const { repository, branches, defaultBranch } = copy;
  const head = branches.get(defaultBranch);
  return {
    defaultBranch,
    paths: head ? [...(await modesOf(repository, head)).keys()] : [],
    read: async paths =>
      head ? readFiles(repository, head, paths) : new Map<string, Buffer>(),
  };
}

/** `pipeline:add`: proposes the standard pipeline to a repository that is there already. */
export function createAddPipelineAction(options: {
  host: RepositoryHost;
  catalog: CatalogService;
  userInfo: UserInfoService;
  layers: Pick<Layers, 'read'>;
  /** Whom the commit is by when the catalog knows nobody. */
  fallbackAuthor: Author;
}) {
  const { host, catalog, userInfo, layers, fallbackAuthor } = options;
  return createTemplateAction({
    id: 'pipeline:add',
    description:
      'Adds the workflows of the standard pipeline that fit what the repository of a component holds, on a branch, and asks to merge it where the host knows that. Files that are there stay as they are, and are listed.',
    examples: addPipelineExamples,
    supportsDryRun: true,
    schema: {
      input: {
        component: z =>
          z.string({
            description:
              'The reference of the component, which one of your teams owns',
          }),
        parts: z =>
          z
            .array(z.enum(partIds), {
              description:
                'What is to be checked; all that is found when empty',
            })

            .default([])
            .optional(),
      },
      output: {
        branch: z => z.string({ description: 'Where the pipeline is' }),
        report: z =>
          z.string({ description: 'What was added, and what was left alone' }),
        leftAlone: z =>
          z.array(z.string(), {
            description: 'Files that differ from those of the pipeline',
          }),
        repositoryUrl: z => z.string({ description: 'What a person opens' }),
        proposalUrl: z =>
          z
            .string({
              description: 'The pull or merge request, where it is one',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { component, parts = [] } = ctx.input;
      const { repository: name, copy } = await openOwnedRepository({
        component,
        purpose: 'add it',
        credentials: await ctx.getInitiatorCredentials(),
        host,
        catalog,
        userInfo,
      });
      try {
        const plan = await planPipeline(await filesOf(copy), layers, parts);
        const report = reportPipeline(plan);
        ctx.logger.info(`${plan.files.size} files are added`);
        if (!ctx.isDryRun) {
          const profile = ctx.user?.entity?.spec.profile;
          const proposalUrl = await proposeFiles(host, copy, {
            name,
            branch,
            message: `${title}\n\n${report}\n`,
            author: {
              name: profile?.displayName ?? fallbackAuthor.name,
              email: profile?.email ?? fallbackAuthor.email,
            },
            files: plan.files,
            title,
            body: report,
          });
          if (proposalUrl) ctx.output('proposalUrl', proposalUrl);
        }
        const { repositoryUrl } = host.urlsFor({
          name,
          defaultBranch: copy.defaultBranch,
        });
        ctx.output('branch', branch);
        ctx.output('report', report);
        ctx.output('leftAlone', plan.leftAlone);
        ctx.output('repositoryUrl', repositoryUrl);
      } finally {
        await copy.close();
      }
    },
  });
}
