import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  makeCommit,
  readFiles,
  repositoryOf,
  treeOf,
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

/** @throws NotAllowedError when the component is of other teams */
function requireOwner(entity: Entity, ownershipRefs: string[]): void {
  const owned = entity.relations?.some(
    ({ type, targetRef }) =>
      type === RELATION_OWNED_BY && ownershipRefs.includes(targetRef),
  );
  if (!owned) {
    throw new NotAllowedError(
      `${stringifyEntityRef(
        entity,
      )} is not of your teams; ask those who own it to migrate it`,
    );
  }
}

/** The name of the repository that a component lies in. */
function repositoryFor(entity: Entity, host: RepositoryHost): string {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const repository = repositoryOf(host, location);
  if (repository) return repository;
  throw new InputError(
    `${stringifyEntityRef(
      entity,
    )} does not lie on the repository host of this portal, so nothing can be proposed to it`,
  );
}

async function readJenkinsfile(
  { repository, branches, defaultBranch }: WorkingCopy,
  path: string,
): Promise<{ head: string; code: string }> {
  const head = branches.get(defaultBranch);
  const files = head
    ? await readFiles(repository, head, [path, workflowPath])
    : new Map<string, Buffer>();
  const code = files.get(path);
  if (!head || !code) {
    throw new NotFoundError(
      `There is no file "${path}" on the branch ${defaultBranch}; say where the Jenkinsfile is`,
    );
  }
  if (files.has(workflowPath)) {
    throw new ConflictError(
      `${workflowPath} is on the branch ${defaultBranch} already: the Jenkinsfile was migrated before`,
    );
  }
  return { head, code: code.toString('utf8') };
}

/** Puts the workflow and the report on a branch of their own; again, when the same is there already. */
async function commit(
  copy: WorkingCopy,
  head: string,
  files: Record<string, string>,
  author: Author,
): Promise<void> {
  const { repository, branches } = copy;
  const made = await makeCommit(repository, {
    tag: branch,
    message:
      'Translate the Jenkinsfile into a workflow of GitHub\n\nJENKINS-MIGRATION.md lists what could not be translated, and what has to be\ndone before the first run.\n',
    author,
    when: new Date(),
    parents: [head],
    filesOf: { tree: await treeOf(repository, head) },
    changes: Object.entries(files).map(([path, content]) => ({
      write: { path, content: Buffer.from(content), executable: false },
    })),
  });
  const before = branches.get(branch);
  if (!before) {
    await copy.publish([{ branch, to: made, expected: undefined }]);
    return;
  }
  const [own, other] = await Promise.all([
    treeOf(repository, made),
    treeOf(repository, before),
  ]);
  if (own !== other) {
    throw new ConflictError(
      `The repository has a branch ${branch} with something else on it. Merge or remove it, then start again`,
    );
  }
}

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
            .default('Jenkinsfile'),
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
      const { component, jenkinsfile } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await catalog.getEntityByRef(parseEntityRef(component), {
        credentials,
      });
      if (!entity) {
        throw new NotFoundError(`The catalog has no entity ${component}`);
      }
      const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
      requireOwner(entity, ownershipEntityRefs);
      const name = repositoryFor(entity, host);

      const copy = await host.open(name);
      try {
        const { head, code } = await readJenkinsfile(copy, jenkinsfile);
        const migration = migrateJenkinsfile(code, 'CI');
        const report = writeReport(migration, jenkinsfile);
        ctx.logger.info(
          `${migration.untranslated.length} parts were not translated`,
        );
        if (!ctx.isDryRun) {
          const files = {
            [workflowPath]: writeWorkflow(migration),
            [reportPath]: report,
          };
          const profile = ctx.user?.entity?.spec.profile;
          await commit(copy, head, files, {
            name: profile?.displayName ?? fallbackAuthor.name,
            email: profile?.email ?? fallbackAuthor.email,
          });
          const proposalUrl = await host.propose({
            name,
            branch,
            into: copy.defaultBranch,
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
