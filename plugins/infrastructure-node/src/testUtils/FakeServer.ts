import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a fake server was asked. */
export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: string;
};
/** What it answers. */
export type Answer = { status: number; body?: object };

/** A server of a test, that answers as it is told to. */
export class FakeServer {
  readonly #server: http.Server;
  /** All that it was asked, oldest first. */
  readonly asked: Asked[] = [];

  static async start(answer: (asked: Asked) => Answer): Promise<FakeServer> {
    const fake = new FakeServer(answer);
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  private constructor(answer: (asked: Asked) => Answer) {
    this.#server = http.createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://x');
      const asked = {
        method: req.method ?? '',
        path: pathname,
        query: searchParams,
        headers: req.headers,
        body: Buffer.concat(chunks).toString(),
      };
      this.asked.push(asked);
      const { status, body } = answer(asked);
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(body && JSON.stringify(body));
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
