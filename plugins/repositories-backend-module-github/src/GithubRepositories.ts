import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrations,
} from '@backstage/integration';
import { createPublishGithubAction } from '@backstage/plugin-scaffolder-backend-module-github';
import {
  askRemote,
  runAction,
  type PublishedRepository,
  type PublishRequest,
  type RemoteRepositories,
  type RemoteSettings,
} from '@waymark/plugin-repositories-node';

/** Makes, finds and removes repositories of one organization or account on GitHub. */
export class GithubRepositories implements RemoteRepositories {
  readonly #action: ReturnType<typeof createPublishGithubAction>;
  readonly #apiUrl: string;
  readonly #credentials: GithubCredentialsProvider;
  readonly #logger: LoggerService;
  readonly #settings: RemoteSettings;

  private constructor(options: {
    action: ReturnType<typeof createPublishGithubAction>;
    apiUrl: string;
    credentials: GithubCredentialsProvider;
    logger: LoggerService;
    settings: RemoteSettings;
  }) {
    this.#action = options.action;
    this.#apiUrl = options.apiUrl;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#settings = options.settings;
  }

  /** @throws InputError when `integrations.github` has no entry for the host */
  static create(options: {
    settings: RemoteSettings;
    config: RootConfigService;
    integrations: ScmIntegrations;
    logger: LoggerService;
  }): GithubRepositories {
    const { settings, config, integrations, logger } = options;
    const integration = integrations.github.byHost(settings.hostname);
    if (!integration?.config.apiBaseUrl) {
      throw new InputError(
        `Repositories are to be made on ${settings.hostname}, and integrations.github has no entry with that host`,
      );
    }
    const credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    return new GithubRepositories({
      action: createPublishGithubAction({
        integrations,
        config,
        githubCredentialsProvider: credentials,
      }),
      apiUrl: integration.config.apiBaseUrl,
      credentials,
      logger,
      settings,
    });
  }

  urlsFor(options: {
    name: string;
    defaultBranch: string;
  }): PublishedRepository {
    const repositoryUrl = this.#urlOf(options.name);
    return {
      repositoryUrl,
      cloneUrl: `${repositoryUrl}.git`,
      catalogInfoUrl: `${repositoryUrl}/blob/${options.defaultBranch}/catalog-info.yaml`,
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
        repoUrl: `${hostname}?owner=${owner}&repo=${name}`,
        description,
        defaultBranch,
        repoVisibility: visibility,
        topics: [topic],
        gitCommitMessage: commitMessage,
        gitAuthorName: author.name,
        gitAuthorEmail: author.email,
        // An organization's rulesets protect branches; not every plan offers the older way.
        protectDefaultBranch: false,
      },
    });
  }

  async remove(name: string): Promise<void> {
    await this.#ask(name, 'DELETE');
  }

  #urlOf(name: string): string {
    return `https://${this.#settings.hostname}/${this.#settings.owner}/${name}`;
  }

  async #ask(name: string, method?: 'DELETE'): Promise<unknown> {
    const { headers = {} } = await this.#credentials.getCredentials({
      url: this.#urlOf(name),
    });
    const url = `${this.#apiUrl}/repos/${this.#settings.owner}/${name}`;
    return askRemote(url, {
      method,
      headers: { ...headers, accept: 'application/vnd.github+json' },
    });
  }
}
