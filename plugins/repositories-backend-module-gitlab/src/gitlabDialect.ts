import { getGitLabRequestOptions } from '@backstage/integration';
import { createPublishGitlabAction } from '@backstage/plugin-scaffolder-backend-module-gitlab';
import {
  requireIntegration,
  runAction,
  type GitHostContext,
  type GitHostDialect,
} from '@waymark/plugin-repositories-node';

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
