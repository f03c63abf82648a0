import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake answers: status 200, no headers and an empty list unless told otherwise. */
export type FakeAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** What it waits for before it answers. */
  after?: Promise<unknown>;
};

/** A fake of an outside API on a port of this machine. */
export class FakeApi {
  /** What it was asked since the start or the last `forget`. */
  readonly asked: { url: string; headers: http.IncomingHttpHeaders }[] = [];
  readonly #inOrder: FakeAnswer[] = [];
  readonly #byAddress = new Map<string, FakeAnswer[]>();
  readonly #server = http.createServer(async (request, response) => {
    const url = request.url ?? '';
    this.asked.push({ url, headers: request.headers });
    const {
      status = 200,
      headers,
      body = [],
      after,
    } = this.#inOrder.shift() ?? this.#answerAt(url);
    await after;
    response.writeHead(status, headers).end(JSON.stringify(body));
  });

  /** Such as `http://127.0.0.1:41234`. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  /** Answers so, one after another, whatever is asked. */
  will(...answers: FakeAnswer[]): void {
    this.#inOrder.push(...answers);
  }

  /** Answers so at an address, path and query, one after another, and then as the last says; 404 anywhere else. */
  at(address: string, ...answers: FakeAnswer[]): void {
    this.#byAddress.set(address, answers);
  }

  forget(): void {
    this.asked.length = 0;
    this.#inOrder.length = 0;
    this.#byAddress.clear();
  }

  #answerAt(address: string): FakeAnswer {
    const [answer = { status: 404 }, ...later] =
      this.#byAddress.get(address) ?? [];
    if (later.length > 0) this.#byAddress.set(address, later);
    return answer;
  }
}
