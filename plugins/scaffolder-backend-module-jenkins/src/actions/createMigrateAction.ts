import type { UserInfoService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  openOwnedRepository,
  proposeFiles,
  readFiles,
  type Author,
  type RepositoryHost,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { migrateJenkinsfile } from '../migration/migrate';
import {
  reportPath,
  workflowPath,
  writeReport,
  writeWorkflow,
} from '../migration/write';
import { migrateExamples } from './examples';

/** Where people find what was translated. */
const branch = 'migrate-jenkins';

async function readJenkinsfile(
  { repository, branches, defaultBranch }: WorkingCopy,
  path: string,
): Promise<string> {
  const head = branches.get(defaultBranch);
  const files = head
    ? await readFiles(repository, head, [path, workflowPath])
    : new Map<string, Buffer>();
  const code = files.get(path);
  if (!code) {
    throw new NotFoundError(
      `There is no file "${path}" on the branch ${defaultBranch}; say where the Jenkinsfile is`,
    );
  }
  if (files.has(workflowPath)) {
    throw new ConflictError(
      `${workflowPath} is on the branch ${defaultBranch} already: the Jenkinsfile was migrated before`,
    );
  }
  return code.toString('utf8');
}

const message =
  'Translate the Jenkinsfile into a workflow of GitHub\n\nJENKINS-MIGRATION.md lists what could not be translated, and what has to be\ndone before the first run.\n';

/** `jenkins:migrate`: proposes a workflow of GitHub that does what a Jenkinsfile does. */
export function createMigrateAction(options: {
  host: RepositoryHost;
  catalog: CatalogService;
  userInfo: UserInfoService;
  /** Whom the commit is by when the catalog knows nobody. */
  fallbackAuthor: Author;
}) {
  const { host, catalog, userInfo, fallbackAuthor } = options;
  return createTemplateAction({
    id: 'jenkins:migrate',
    description:
      'Translates the Jenkinsfile of a component into a workflow of GitHub, on a branch of its repository, and asks to merge it where the host knows that. What has no counterpart is listed.',
    examples: migrateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        component: z =>
          z.string({
            description:
              'The reference of the component, which one of your teams owns',
          }),
        jenkinsfile: z =>
          z
            .string({ description: 'The path of the file in the repository' })
            .regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, {
              message: 'must be a path below the repository',
            })
            .default('Jenkinsfile')
            .optional(),
      },
      output: {
        branch: z => z.string({ description: 'Where the workflow is' }),
        report: z =>
          z.string({ description: 'What was and was not translated' }),
        untranslated: z =>
          z.number({ description: 'How many parts were not translated' }),
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
      const { component, jenkinsfile = 'Jenkinsfile' } = ctx.input;
      const { repository: name, copy } = await openOwnedRepository({
        component,
        purpose: 'migrate it',
        credentials: await ctx.getInitiatorCredentials(),
        host,
        catalog,
        userInfo,
      });
      try {
        const code = await readJenkinsfile(copy, jenkinsfile);
        const migration = migrateJenkinsfile(code, 'CI');
        const report = writeReport(migration, jenkinsfile);
        ctx.logger.info(
          `${migration.untranslated.length} parts were not translated`,
        );
        if (!ctx.isDryRun) {
          const profile = ctx.user?.entity?.spec.profile;
          const proposalUrl = await proposeFiles(host, copy, {
            name,
            branch,
            message,
            author: {
              name: profile?.displayName ?? fallbackAuthor.name,
              email: profile?.email ?? fallbackAuthor.email,
            },
            files: new Map([
              [workflowPath, Buffer.from(writeWorkflow(migration))],
              [reportPath, Buffer.from(report)],
            ]),
            title: 'Move from Jenkins to GitHub Actions',
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
        ctx.output('untranslated', migration.untranslated.length);
        ctx.output('repositoryUrl', repositoryUrl);
      } finally {
        await copy.close();
      }
    },
  });
}
