import { getGitLabRequestOptions } from '@backstage/integration';
import { createPublishGitlabAction } from '@backstage/plugin-scaffolder-backend-module-gitlab';
import {
  requireIntegration,
  runAction,
  type ChecksState,
  type GitHostContext,
  type GitHostDialect,
} from '@waymark/plugin-repositories-node';

/** See the statuses of https://docs.gitlab.com/api/pipelines */
const pipelineStates: Partial<Record<string, ChecksState>> = {
  success: 'passed',
  failed: 'failed',
  canceled: 'failed',
  canceling: 'failed',
  // Nothing of it ran, by its own rules.
  skipped: 'none',
};

function stateOf(status: string | null | undefined): ChecksState {
  return status ? pipelineStates[status] ?? 'pending' : 'none';
}

/**
 * How GitLab is spoken to, for one group or account.
 *
 * @throws InputError when `integrations.gitlab` has no entry for the host
 */
export function gitlabDialect(context: GitHostContext): GitHostDialect {
  const { settings, config, integrations, logger } = context;
  const { hostname, owner, visibility } = settings;
  const integration = requireIntegration('gitlab', context).config;
  const action = createPublishGitlabAction({ integrations, config });
  return {
    pageUrl: name => `${integration.baseUrl}/${owner}/${name}`,
    filePath: '-/blob',
    apiUrl: name =>
      `${integration.apiBaseUrl}/projects/${encodeURIComponent(
        `${owner}/${name}`,
      )}`,
    headers: async () => getGitLabRequestOptions(integration).headers,
    // GitLab takes any token as the password of this name.
    gitCredentials: async () => ({
      username: 'oauth2',
      password: integration.token ?? '',
    }),
    proposals: {
      path: 'merge_requests',
      urlField: 'web_url',
      query: ({ branch, into }) => ({
        state: 'opened',
        source_branch: branch,
        target_branch: into,
      }),
      body: ({ branch, into, title, body }) => ({
        source_branch: branch,
        target_branch: into,
        title,
        description: body,
      }),
    },
    // A commit has the status of its last pipeline.
    merging: {
      numberField: 'iid',
      checkPaths: commit => [`repository/commits/${commit}`],
      readChecks: ([commit]) => ({
        state: stateOf(
          (commit as { status?: string | null } | undefined)?.status,
        ),
        notPassed: [],
      }),
    },
    publish: (request, topic) =>
      runAction(action, {
        request,
        logger,
        input: {
          repoUrl: `${hostname}?owner=${encodeURIComponent(owner)}&repo=${
            request.name
          }`,
          repoVisibility: visibility,
          defaultBranch: request.defaultBranch,
          gitCommitMessage: request.commitMessage,
          gitAuthorName: request.author.name,
          gitAuthorEmail: request.author.email,
          settings: {
            description: request.description,
            topics: [topic],
            visibility,
          },
        },
      }),
  };
}
