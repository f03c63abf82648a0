import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { PoliteClient, type DeliveryHistory } from '@waymark/plugin-dora-node';
import type { GithubSettings } from './config';
import { GithubHistory } from './GithubHistory';

/** The history of repositories, where `integrations.github` may read them. */
export function connectHistory(
  config: RootConfigService,
  settings: GithubSettings,
): DeliveryHistory | undefined {
  const integrations = ScmIntegrations.fromConfig(config);
  const integration = integrations.github.byHost(settings.host)?.config;
  const { apiBaseUrl, token, apps = [] } = integration ?? {};
  if (!apiBaseUrl || (!token && apps.length === 0)) return undefined;
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const clientOf = (owner: string) =>
    new PoliteClient({
      headers: async () => {
        const { headers } = await credentials.getCredentials({
          url: `https://${settings.host}/${owner}`,
        });
        return { ...headers, 'X-GitHub-Api-Version': '2022-11-28' };
      },
    });
  // An app has a token for each owner, and a token its limit: what one
  // repository's answers say of it holds for the owner's next one.
  const clients = new Map<string, PoliteClient>();
  return new GithubHistory({
    apiBaseUrl,
    settings,
    clientFor: project => {
      const [owner] = project.split('/');
      const client = clients.get(owner) ?? clientOf(owner);
      clients.set(owner, client);
      return client;
    },
  });
}
