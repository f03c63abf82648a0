import type { RootConfigService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { PoliteClient, type DeliveryHistory } from '@waymark/plugin-dora-node';
import type { GitlabSettings } from './config';
import { GitlabHistory } from './GitlabHistory';

/** The history of projects, where `integrations.gitlab` may read them. */
export function connectHistory(
  config: RootConfigService,
  settings: GitlabSettings,
): DeliveryHistory | undefined {
  const integration = ScmIntegrations.fromConfig(config).gitlab.byHost(
    settings.host,
  )?.config;
  const { apiBaseUrl, token } = integration ?? {};
  if (!apiBaseUrl || !token) return undefined;
  const client = new PoliteClient({
    headers: async () => ({ Authorization: `Bearer ${token}` }),
  });
  return new GitlabHistory({ apiBaseUrl, settings, clientFor: () => client });
}
