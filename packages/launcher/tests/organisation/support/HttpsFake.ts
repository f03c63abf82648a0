import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';

/** What a fake is asked. */
export type Asked = {
  method: string;
  /** Not decoded: a project's path is one segment in which `/` is written `%2F`. */
  path: string;
  query: URLSearchParams;
  /** The token of the Authorization header, whatever its scheme. */
  token: string | undefined;
  accept: string;
  body: string;
};

/** What a fake answers; anything but text goes out as JSON. */
export type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
};

/** A server of somebody else's, played on this machine over https. */
export abstract class HttpsFake {
  readonly #server: https.Server;
  /** Every request so far, as in `GET /api/v4/groups`. */
  readonly asked: string[] = [];

  constructor(certificate: Certificate) {
    this.#server = https.createServer(
      { key: certificate.key, cert: certificate.cert },
      async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const url = new URL(request.url ?? '/', this.url);
        const method = request.method ?? 'GET';
        this.asked.push(`${method} ${url.pathname}`);
        const answer = await this.answer({
          method,
          path: url.pathname,
          query: url.searchParams,
          token: request.headers.authorization?.split(' ')[1],
          accept: request.headers.accept ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        });
        const text = typeof answer.body === 'string';
        response.writeHead(answer.status ?? 200, {
          'content-type': text ? 'text/plain' : 'application/json',
          ...answer.headers,
        });
        response.end(text ? answer.body : JSON.stringify(answer.body));
      },
    );
  }

  protected abstract answer(asked: Asked): Promise<Answer>;

  /** Settles when the server listens on a free port. */
  async start(): Promise<this> {
    await this.#listen(0);
    return this;
  }

  /**
   * Settles when the server listens on the port of https, or on a free one
   * where that belongs to others.
   */
  async startAsUsual(): Promise<this> {
    await this.#listen(443).catch(() => this.#listen(0));
    return this;
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  /** As configuration names it: with its port, where that is not the usual one. */
  get host(): string {
    const { port } = this.#server.address() as AddressInfo;
    return port === 443 ? 'localhost' : `localhost:${port}`;
  }

  get url(): string {
    return `https://${this.host}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
