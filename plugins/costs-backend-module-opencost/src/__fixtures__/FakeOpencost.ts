import http from 'node:http';
import type { AddressInfo } from 'node:net';
import allocations from './allocations.json';

/**
 * Answers like OpenCost, as there is no cluster here that it could look at.
 * The first day of a time has the allocations of the published examples, each
 * other day none.
 */
export class FakeOpencost {
  readonly #server = http.createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://opencost');
    this.asked.push(url);
    this.authorized.push(req.headers.authorization);
    const { status, body } = this.answer(url);
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  /** The questions there were. */
  readonly asked: URL[] = [];
  readonly authorized: (string | undefined)[] = [];
  /** What it answers; tests put something else in its place. */
  answer: (url: URL) => { status: number; body: unknown } = url => ({
    status: 200,
    body: url.searchParams.get('window')?.startsWith('2026-03-01')
      ? allocations
      : { code: 200, data: [null] },
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
