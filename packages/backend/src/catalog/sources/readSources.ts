import type { Config } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  getGitLabRequestOptions,
  ScmIntegrations,
} from '@backstage/integration';

/** A Git host that the catalog discovers repositories, groups or people at. */
export type Source = {
  /** As a person calls it: `GitHub at github.com`. */
  title: string;
  /** What of it is read: `the organization larkspur`. */
  part: string;
  /** The variable that names that part. */
  partVariable: string;
  /** The variable that holds the token. */
  tokenVariable: string;
  /** Answers 200 when the token is good and the part exists. */
  url: string;
  headers(): Promise<Record<string, string>>;
};

/** The organization or group of each provider below `catalog.providers.<kind>`. */
function providersOf(config: Config, kind: string, part: string) {
  const providers = config.getOptionalConfig(`catalog.providers.${kind}`);
  return (providers?.keys() ?? []).flatMap(id => {
    const name = providers?.getOptionalString(`${id}.${part}`);
    return name
      ? [{ name, host: providers?.getOptionalString(`${id}.host`) }]
      : [];
  });
}

function githubSources(config: Config, scm: ScmIntegrations): Source[] {
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(scm);
  return providersOf(config, 'github', 'organization').flatMap(
    ({ name, host = 'github.com' }) => {
      const integration = scm.github.byHost(host)?.config;
      return integration
        ? [
            {
              title: `GitHub at ${host}`,
              part: `the organization ${name}`,
              partVariable: 'GITHUB_ORGANIZATION',
              tokenVariable: 'GITHUB_TOKEN',
              // Organizations and people's own accounts alike.
              url: `${integration.apiBaseUrl}/users/${encodeURIComponent(
                name,
              )}`,
              headers: async () =>
                (
                  await credentials.getCredentials({
                    url: `https://${host}/${name}`,
                  })
                ).headers ?? {},
            },
          ]
        : [];
    },
  );
}

function gitlabSources(config: Config, scm: ScmIntegrations): Source[] {
  return providersOf(config, 'gitlab', 'group').flatMap(
    ({ name, host = 'gitlab.com' }) => {
      const integration = scm.gitlab.byHost(host)?.config;
      return integration
        ? [
            {
              title: `GitLab at ${host}`,
              part: `the group ${name}`,
              partVariable: 'GITLAB_GROUP',
              tokenVariable: 'GITLAB_TOKEN',
              url: `${integration.apiBaseUrl}/groups/${encodeURIComponent(
                name,
              )}?with_projects=false`,
              headers: async () => getGitLabRequestOptions(integration).headers,
            },
          ]
        : [];
    },
  );
}

/** Reads the Git hosts below `catalog.providers`, with the integrations that open them. */
export function readSources(config: Config): Source[] {
  const scm = ScmIntegrations.fromConfig(config);
  return [...githubSources(config, scm), ...gitlabSources(config, scm)];
}
