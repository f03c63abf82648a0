import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { GitHostContext } from '../remote/gitHostFactory';
import { HttpGitHost, type GitHostDialect } from '../remote/HttpGitHost';
import { RemoteRepositoryHost } from '../remote/RemoteRepositoryHost';
import type { RemoteSettings } from '../settings';

/**
 * A host that speaks a dialect, as configuration sets it up, for the owner
 * `larkspur`.
 *
 * @param options.integration - the entry under `integrations`
 * @param options.hostname - where repositories are to be made, when it is not the entry's host
 */
export function openGitHost(options: {
  kind: RemoteSettings['host'];
  dialect: (context: GitHostContext) => GitHostDialect;
  integration: { host: string; [key: string]: string };
  hostname?: string;
}): { dialect: GitHostDialect; host: RemoteRepositoryHost } {
  const { kind, integration, hostname = integration.host } = options;
  const config = mockServices.rootConfig({
    data: { integrations: { [kind]: [integration] } },
  });
  const settings: RemoteSettings = {
    host: kind,
    hostname,
    owner: 'larkspur',
    visibility: 'private',
  };
  const dialect = options.dialect({
    settings,
    config,
    integrations: ScmIntegrations.fromConfig(config),
    logger: mockServices.logger.mock(),
  });
  const remote = new HttpGitHost(dialect);
  return { dialect, host: new RemoteRepositoryHost({ settings, remote }) };
}
