import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Browsed, CommitPage } from '@waymark/plugin-repositories-common';
import type { LocalBrowser } from '@waymark/plugin-repositories-node';
import type { AuthorizedRepositories } from '../reads/AuthorizedRepositories';

type As = { credentials: BackstageCredentials };

/** Lets those look at repositories who may read them. */
export class AuthorizedBrowser {
  readonly #browser: LocalBrowser;
  readonly #authorized: AuthorizedRepositories;

  constructor(options: {
    browser: LocalBrowser;
    authorized: AuthorizedRepositories;
  }) {
    this.#browser = options.browser;
    this.#authorized = options.authorized;
  }

  async at(where: Parameters<LocalBrowser['at']>[0], as: As): Promise<Browsed> {
    // One place decides who may read: asking it for the folder asks that, too.
    await this.#authorized.placeOf(where.name, as);
    return this.#browser.at(where);
  }

  async history(
    where: Parameters<LocalBrowser['history']>[0],
    as: As,
  ): Promise<CommitPage> {
    await this.#authorized.placeOf(where.name, as);
    return this.#browser.history(where);
  }
}
