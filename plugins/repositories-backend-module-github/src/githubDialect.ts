import { DefaultGithubCredentialsProvider } from '@backstage/integration';
import { createPublishGithubAction } from '@backstage/plugin-scaffolder-backend-module-github';
import {
  requireIntegration,
  runAction,
  type GitHostContext,
  type GitHostDialect,
} from '@waymark/plugin-repositories-node';
import { readChecks } from './readChecks';

/**
 * How GitHub is spoken to, for one organization or account.
 *
 * @throws InputError when `integrations.github` has no entry for the host
 */
export function githubDialect(context: GitHostContext): GitHostDialect {
  const { settings, config, integrations, logger } = context;
  const { hostname, owner, visibility } = settings;
  const { apiBaseUrl } = requireIntegration('github', context).config;
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const action = createPublishGithubAction({
    integrations,
    config,
    githubCredentialsProvider: credentials,
  });
  const pageUrl = (name: string) => `https://${hostname}/${owner}/${name}`;
  return {
    pageUrl,
    filePath: 'blob',
    apiUrl: name => `${apiBaseUrl}/repos/${owner}/${name}`,
    async headers(name) {
      const { headers = {} } = await credentials.getCredentials({
        url: pageUrl(name),
      });
      return { ...headers, accept: 'application/vnd.github+json' };
    },
    async gitCredentials(name) {
      const { token } = await credentials.getCredentials({
        url: pageUrl(name),
      });
      // Tokens of people and of GitHub Apps are both taken under this name.
      return { username: 'x-access-token', password: token ?? '' };
    },
    proposals: {
      path: 'pulls',
      urlField: 'html_url',
      query: ({ branch, into }) => ({
        state: 'open',
        head: `${owner}:${branch}`,
        base: into,
      }),
      body: ({ branch, into, title, body }) => ({
        head: branch,
        base: into,
        title,
        body,
      }),
    },
    // Actions and apps tell by check runs, older services by statuses.
    merging: {
      numberField: 'number',
      checkPaths: commit => [
        `commits/${commit}/check-runs?per_page=100`,
        `commits/${commit}/status?per_page=100`,
      ],
      readChecks,
    },
    publish: (request, topic) =>
      runAction(action, {
        request,
        logger,
        input: {
          repoUrl: `${hostname}?owner=${owner}&repo=${request.name}`,
          description: request.description,
          defaultBranch: request.defaultBranch,
          repoVisibility: visibility,
          topics: [topic],
          gitCommitMessage: request.commitMessage,
          gitAuthorName: request.author.name,
          gitAuthorEmail: request.author.email,
          // An organization's rulesets protect branches; not every plan offers the older way.
          protectDefaultBranch: false,
        },
      }),
  };
}
