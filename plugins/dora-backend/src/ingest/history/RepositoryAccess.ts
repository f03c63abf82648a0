import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  LocalRepositories,
  readRepositorySettings,
} from '@waymark/plugin-repositories-node';

/** Where Git reads a repository. */
export type RepositoryPlace =
  /** One that the portal keeps itself: its folder. */
  | { kind: 'local'; directory: string }
  /** One on a Git host: its address, and the header that lets the portal in. */
  | { kind: 'remote'; url: string; authorization: string | undefined };

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The hosts that somebody configured an integration for; upstream's own defaults do not count. */
function configuredHosts(config: RootConfigService): Set<string> {
  const integrations = config.getOptionalConfig('integrations');
  return new Set(
    (['github', 'gitlab'] as const).flatMap(kind =>
      (integrations?.getOptionalConfigArray(kind) ?? []).map(
        entry => entry.getOptionalString('host') ?? `${kind}.com`,
      ),
    ),
  );
}

/** Says which repositories the portal reads, and how it gets in. */
export class RepositoryAccess {
  readonly #config: RootConfigService;
  readonly #hosts: Set<string>;
  readonly #integrations: ScmIntegrations;

  constructor(config: RootConfigService) {
    this.#config = config;
    this.#hosts = configuredHosts(config);
    this.#integrations = ScmIntegrations.fromConfig(config);
  }

  /**
   * Checks an address before anybody goes there.
   *
   * @throws InputError when it is no address of a repository
   * @throws NotAllowedError when its host is not one that the portal reads
   */
  require(address: string): void {
    if (this.#localName(address)) return;
    const url = this.#parse(address);
    if (!this.#hosts.has(url.host)) {
      throw new NotAllowedError(
        `The portal does not read from ${url.host}; its operator can configure an integration for it, and anybody with a clone can send its history to /api/dora/history/log`,
      );
    }
  }

  /** @throws NotFoundError when the portal keeps no such repository; whatever {@link require} throws */
  async place(address: string): Promise<RepositoryPlace> {
    this.require(address);
    const local = this.#localName(address);
    if (local) {
      const { name, settings } = local;
      return {
        kind: 'local',
        directory: await new LocalRepositories(settings).placeOf(name),
      };
    }
    const url = this.#parse(address).toString();
    return {
      kind: 'remote',
      url,
      authorization: await this.#authorization(url),
    };
  }

  #localName(address: string) {
    const settings = readRepositorySettings(this.#config);
    if (settings.host !== 'local') return undefined;
    const prefix = `${settings.baseUrl}/api/repositories/git/`;
    if (!address.startsWith(prefix)) return undefined;
    // Whether it is a legal name is for the repositories to say.
    return {
      name: address.slice(prefix.length).replace(/\.git$/, ''),
      settings,
    };
  }

  #parse(address: string): URL {
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      throw new InputError(
        `"${address.slice(
          0,
          200,
        )}" is not an address; give the https address of a repository`,
      );
    }
    if (url.protocol !== 'https:') {
      throw new InputError(
        `The repository's address uses ${url.protocol.slice(
          0,
          -1,
        )}; only https is read`,
      );
    }
    if (url.username || url.password) {
      throw new InputError(
        "The repository's address contains a user name or password; the portal reads with its own credentials",
      );
    }
    url.search = '';
    url.hash = '';
    return url;
  }

  async #authorization(url: string): Promise<string | undefined> {
    if (this.#integrations.github.byUrl(url)) {
      const { token } = await DefaultGithubCredentialsProvider.fromIntegrations(
        this.#integrations,
      ).getCredentials({ url });
      return token ? basic('x-access-token', token) : undefined;
    }
    const token = this.#integrations.gitlab.byUrl(url)?.config.token;
    return token ? basic('oauth2', token) : undefined;
  }
}
