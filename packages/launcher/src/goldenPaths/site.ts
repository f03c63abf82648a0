import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Plays the CDN of a website: it serves what was built with the headers that belong to it, and takes reports. */
export class Site {
  /** What pages reported. */
  readonly reports: string[] = [];
  readonly #server: http.Server;

  private constructor(files: string, headers: Record<string, string>) {
    this.#server = http.createServer(async (request, response) => {
      if (request.method === 'POST') {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part);
        this.reports.push(Buffer.concat(parts).toString('utf8'));
        response.end();
        return;
      }
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const file = path.join(files, pathname === '/' ? 'index.html' : pathname);
      const content = await fs.readFile(file).catch(() => undefined);
      response.writeHead(content ? 200 : 404, {
        ...headers,
        'content-type': types[path.extname(file)] ?? 'text/plain',
      });
      response.end(content);
    });
  }

  /** @param folder - the repository, which was built */
  static async start(folder: string): Promise<Site> {
    const headers = await fs.readFile(
      path.join(folder, 'deploy/headers.json'),
      'utf8',
    );
    const site = new Site(path.join(folder, 'dist'), JSON.parse(headers));
    await new Promise<void>(resolve => {
      site.#server.listen(0, '127.0.0.1', resolve);
    });
    return site;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
