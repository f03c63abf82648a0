import type { Config } from '@backstage/config';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';

/** What is asked of a server. */
export type SinkQuestion = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the server's address, without a slash before it. */
  path: string;
  headers?: Record<string, string>;
  /** To be sent as JSON. */
  body?: object;
  signal: AbortSignal;
};

/** A server that keeps secrets, spoken to over HTTP. Nothing of what it is told or tells gets into an error. */
export class SinkServer {
  readonly name: string;
  /** With a slash at its end. */
  readonly address: URL;
  readonly #token: () => Promise<string>;
  readonly #headers: (token: string) => Record<string, string>;

  /**
   * Reads `address`, and `token` or `tokenFile`, which is read anew each time:
   * whoever keeps a token in a file changes it.
   *
   * @param headers - what shows the token
   */
  static read(
    name: string,
    config: Config,
    headers: (token: string) => Record<string, string>,
  ): SinkServer {
    const file = config.getOptionalString('tokenFile');
    const given = file ? '' : config.getString('token');
    return new SinkServer({
      name,
      address: config.getString('address'),
      token: async () => (file ? (await readFile(file, 'utf8')).trim() : given),
      headers,
    });
  }

  private constructor(options: {
    name: string;
    address: string;
    token: () => Promise<string>;
    headers: (token: string) => Record<string, string>;
  }) {
    this.name = options.name;
    this.address = new URL(`${options.address.replace(/\/+$/, '')}/`);
    this.#token = options.token;
    this.#headers = options.headers;
  }

  /**
   * Asks, and reads the answer as JSON.
   *
   * @returns the answer, and whether it is one of "there is nothing"
   * @throws NotAllowedError; ServiceUnavailableError
   */
  async ask(
    question: SinkQuestion,
  ): Promise<{ missing: boolean; body: unknown }> {
    const { method, path, headers, body, signal } = question;
    const [shown] = path.split('?');
    const response = await fetch(new URL(path, this.address), {
      method,
      headers: {
        'content-type': 'application/json',
        ...this.#headers(await this.#token()),
        ...headers,
      },
      body: body && JSON.stringify(body),
      // Elsewhere would get the token, and the secrets.
      redirect: 'error',
      signal,
    }).catch(error => {
      throw new ServiceUnavailableError(
        `${this.name} (${this.address.host}) cannot be reached: ${error}`,
      );
    });
    const text = await response.text();
    if (response.ok || response.status === 404) {
      return {
        missing: response.status === 404,
        body: text ? JSON.parse(text) : undefined,
      };
    }
    if (response.status === 401 || response.status === 403) {
      throw new NotAllowedError(
        `${this.name} (${this.address.host}) does not allow the portal ${method} of ${shown}`,
      );
    }
    throw new ServiceUnavailableError(
      `${this.name} (${this.address.host}) answered ${response.status} to ${method} of ${shown}`,
    );
  }
}
