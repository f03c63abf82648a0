import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StateAccess } from '@waymark/plugin-infrastructure-node';

/** Keeps one state by the protocol of Terraform's HTTP backend, and can be away for a while. */
export class StateServer {
  state: string | undefined;
  lock: string | undefined;
  /** Answers nothing but 503 while it is set. */
  away = false;
  /** Called with each state that arrives, before it is kept. */
  onWrite: () => void = () => {};
  readonly #server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', chunk => chunks.push(chunk));
    req.on('end', () => {
      const { status, body } = this.#answer(
        req.method ?? '',
        Buffer.concat(chunks).toString(),
        req.headers.authorization ?? '',
      );
      res.writeHead(status).end(body);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  forget(): void {
    this.state = undefined;
    this.lock = undefined;
    this.away = false;
    this.onWrite = () => {};
  }

  /** Credentials whose name says what they are good for. */
  access(access: 'read' | 'write'): StateAccess {
    const { port } = this.#server.address() as AddressInfo;
    return {
      address: `http://127.0.0.1:${port}/`,
      username: access,
      password: 'open-sesame',
    };
  }

  #answer(method: string, body: string, authorization: string) {
    const [user, password] = Buffer.from(authorization.slice(6), 'base64')
      .toString()
      .split(':');
    if (password !== 'open-sesame') return { status: 401 };
    if (method === 'POST') this.onWrite();
    if (this.away) return { status: 503 };
    if (method === 'GET') {
      return this.state ? { status: 200, body: this.state } : { status: 204 };
    }
    if (user !== 'write') return { status: 403 };
    if (method === 'LOCK') {
      if (this.lock) return { status: 423, body: this.lock };
      this.lock = body;
    }
    if (method === 'UNLOCK') this.lock = undefined;
    if (method === 'POST') this.state = body;
    return { status: 200 };
  }
}
