import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Certificate } from './certificate.ts';

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
  readonly #server: http.Server | https.Server;

  private constructor(
    files: string,
    headers: Record<string, string>,
    certificate?: Certificate,
  ) {
    const answer: http.RequestListener = async (request, response) => {
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
    };
    this.#server = certificate
      ? https.createServer(certificate, answer)
      : http.createServer(answer);
  }

  /**
   * @param folder - the repository, which was built
   * @param certificate - makes it encrypt what it says
   */
  static async start(folder: string, certificate?: Certificate): Promise<Site> {
    const headers = await fs.readFile(
      path.join(folder, 'deploy/headers.json'),
      'utf8',
    );
    const site = new Site(
      path.join(folder, 'dist'),
      JSON.parse(headers),
      certificate,
    );
    await new Promise<void>(resolve => {
      site.#server.listen(0, '127.0.0.1', resolve);
    });
    return site;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    const scheme = this.#server instanceof https.Server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
