import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  getGitLabRequestOptions,
  type GitLabIntegrationConfig,
  type ScmIntegrations,
} from '@backstage/integration';
import { createPublishGitlabAction } from '@backstage/plugin-scaffolder-backend-module-gitlab';
import {
  askRemote,
  runAction,
  type PublishedRepository,
  type PublishRequest,
  type RemoteRepositories,
  type RemoteSettings,
} from '@waymark/plugin-repositories-node';

/** Makes, finds and removes projects of one group or account on GitLab. */
export class GitlabRepositories implements RemoteRepositories {
  readonly #action: ReturnType<typeof createPublishGitlabAction>;
  readonly #integration: GitLabIntegrationConfig;
  readonly #logger: LoggerService;
  readonly #settings: RemoteSettings;

  private constructor(options: {
    action: ReturnType<typeof createPublishGitlabAction>;
    integration: GitLabIntegrationConfig;
    logger: LoggerService;
    settings: RemoteSettings;
  }) {
    this.#action = options.action;
    this.#integration = options.integration;
    this.#logger = options.logger;
    this.#settings = options.settings;
  }

  /** @throws InputError when `integrations.gitlab` has no entry for the host */
  static create(options: {
    settings: RemoteSettings;
    config: RootConfigService;
    integrations: ScmIntegrations;
    logger: LoggerService;
  }): GitlabRepositories {
    const { settings, config, integrations, logger } = options;
    const integration = integrations.gitlab.byHost(settings.hostname);
    if (!integration) {
      throw new InputError(
        `Repositories are to be made on ${settings.hostname}, and integrations.gitlab has no entry with that host`,
      );
    }
    return new GitlabRepositories({
      action: createPublishGitlabAction({ integrations, config }),
      integration: integration.config,
      logger,
      settings,
    });
  }

  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository {
    const { baseUrl } = this.#integration;
    const repositoryUrl = `${baseUrl}/${this.#settings.owner}/${options.name}`;
    return {
      repositoryUrl,
      cloneUrl: `${repositoryUrl}.git`,
      catalogInfoUrl: `${repositoryUrl}/-/blob/${options.defaultBranch}/catalog-info.yaml`,
    };
  }

  async topicsOf(name: string): Promise<string[] | undefined> {
    const found = await this.#ask(name);
    return (found as { topics?: string[] } | undefined)?.topics;
  }

  async create(request: PublishRequest, topic: string): Promise<void> {
    const { name, description, defaultBranch, commitMessage, author } = request;
    const { hostname, owner, visibility } = this.#settings;
    await runAction(this.#action, {
      request,
      logger: this.#logger,
      input: {
        repoUrl: `${hostname}?owner=${encodeURIComponent(owner)}&repo=${name}`,
        repoVisibility: visibility,
        defaultBranch,
        gitCommitMessage: commitMessage,
        gitAuthorName: author.name,
        gitAuthorEmail: author.email,
        settings: { description, topics: [topic], visibility },
      },
    });
  }

  async remove(name: string): Promise<void> {
    await this.#ask(name, 'DELETE');
  }

  async #ask(name: string, method?: 'DELETE'): Promise<unknown> {
    const project = encodeURIComponent(`${this.#settings.owner}/${name}`);
    return askRemote(`${this.#integration.apiBaseUrl}/projects/${project}`, {
      method,
      ...getGitLabRequestOptions(this.#integration),
    });
  }
}
