import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runGit } from '../local/runGit';

/** A question to the API of the host. */
export type ApiRequest = {
  /** Such as `GET /api/user`, decoded and without a query. */
  route: string;
  body: Record<string, unknown>;
};

type ApiAnswer = { status: number; json?: unknown };
type FakeAnswer = ApiAnswer | Promise<ApiAnswer>;

/**
 * A fake of a Git host outside. Its Git is real, spoken over HTTP with a token;
 * its API answers what a test says it answers.
 */
export class FakeGitHost {
  /** The topics of each repository. */
  readonly repositories = new Map<string, string[]>();
  /** The token that pushing takes, as the password. */
  readonly token = 'a-token';
  /** The branches that people are asked to merge, each with its title. */
  readonly proposals = new Map<string, string>();
  /** What was merged: for each branch the commit that was asked for. */
  readonly merged = new Map<string, string>();
  readonly #removed = new Set<string>();
  readonly #server: http.Server;
  readonly #folder: string;

  private constructor(
    folder: string,
    api: (host: FakeGitHost, request: ApiRequest) => FakeAnswer,
  ) {
    this.#folder = folder;
    this.#server = http.createServer((req, res) => {
      const url = new URL(req.url ?? '/', this.url);
      const serve = /\.git\//.test(url.pathname)
        ? this.#serveGit(url, req, res)
        : this.#serveApi(url, req, res, request => api(this, request));
      serve.catch(error => res.writeHead(500).end(String(error)));
    });
  }

  /** @param folder - an empty folder to keep repositories in */
  static async start(
    folder: string,
    api: (host: FakeGitHost, request: ApiRequest) => FakeAnswer,
  ): Promise<FakeGitHost> {
    const host = new FakeGitHost(folder, api);
    await new Promise<void>(resolve => {
      host.#server.listen(0, '127.0.0.1', resolve);
    });
    return host;
  }

  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Host and port. */
  get hostname(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.hostname}`;
  }

  /** Where a repository is pushed to. */
  cloneUrl(name: string): string {
    return `${this.url}/larkspur/${name}.git`;
  }

  /** What the API answers when a repository is asked for by name, or is to be removed. */
  answerAbout(method: string, name: string): ApiAnswer {
    const topics = this.repositories.get(name);
    if (!topics) return { status: 404, json: {} };
    if (method === 'GET') {
      const clone_url = this.cloneUrl(name);
      return {
        status: 200,
        json: { topics, default_branch: 'main', clone_url },
      };
    }
    this.repositories.delete(name);
    this.#removed.add(name);
    return { status: 204 };
  }

  /** What the API answers about pull or merge requests: one that is there, or a new one. */
  answerAboutProposals(
    method: string,
    name: string,
    proposal: { branch?: string; title?: string },
  ): ApiAnswer {
    const { branch = '', title = '' } = proposal;
    const described = (of: string) => {
      const url = `${this.url}/larkspur/${name}/proposals/${of}`;
      const number = [...this.proposals.keys()].indexOf(of) + 1;
      return { html_url: url, web_url: url, number, iid: number };
    };
    if (method === 'GET') {
      return { status: 200, json: [...this.proposals.keys()].map(described) };
    }
    if (this.proposals.has(branch)) return { status: 422, json: {} };
    this.proposals.set(branch, title);
    return { status: 201, json: described(branch) };
  }

  /** What the API answers when one of them is to be merged: only its head can be. */
  async answerAboutMerging(
    name: string,
    number: number,
    sha: string,
  ): Promise<ApiAnswer> {
    const branch = [...this.proposals.keys()][number - 1];
    if (!branch) return { status: 404, json: {} };
    if (sha !== (await this.git(name, 'rev-parse', branch))) {
      return { status: 409, json: {} };
    }
    await this.git(name, 'update-ref', 'refs/heads/main', sha);
    this.proposals.delete(branch);
    this.merged.set(branch, sha);
    return { status: 200, json: { merged: true } };
  }

  /** What Git says about a repository that was pushed. */
  async git(name: string, ...args: string[]): Promise<string> {
    const said = await runGit(args, { repository: this.#place(name) });
    return said.toString('utf8').trim();
  }

  #place(name: string): string {
    return path.join(this.#folder, 'larkspur', `${name}.git`);
  }

  async #serveApi(
    url: URL,
    req: http.IncomingMessage,
    res: http.ServerResponse,
    api: (request: ApiRequest) => FakeAnswer,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const { status, json } = await api({
      route: `${req.method} ${decodeURIComponent(url.pathname)}`,
      body: text ? JSON.parse(text) : {},
    });
    res
      .writeHead(status, { 'content-type': 'application/json' })
      .end(json === undefined ? undefined : JSON.stringify(json));
  }

  /** Makes a repository that is not there, and anew what was removed. */
  async #prepare(name: string): Promise<void> {
    const place = this.#place(name);
    if (this.#removed.delete(name)) {
      await fs.rm(place, { recursive: true, force: true });
    }
    await fs.mkdir(place, { recursive: true });
    await runGit(['init', '--quiet', '--bare', '--initial-branch=main'], {
      repository: place,
    });
  }

  /** Runs Git's own server; see git-http-backend(1). */
  async #serveGit(
    url: URL,
    req: http.IncomingMessage,
    res: http.ServerResponse,
  ): Promise<void> {
    const [, given = ''] = (req.headers.authorization ?? '').split(' ');
    const pair = Buffer.from(given, 'base64').toString('utf8');
    if (!pair.endsWith(`:${this.token}`)) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="fake"' }).end();
      return;
    }
    const name = path.basename(url.pathname.split('.git/')[0]);
    await this.#prepare(name);
    const git = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: req.method,
        CONTENT_TYPE: req.headers['content-type'] ?? '',
        REMOTE_USER: 'portal',
        REMOTE_ADDR: '127.0.0.1',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const said: Buffer[] = [];
    git.stdout.on('data', chunk => said.push(chunk));
    await Promise.all([
      pipeline(req, git.stdin),
      new Promise(resolve => {
        git.once('close', resolve);
      }),
    ]);
    const answer = Buffer.concat(said);
    const end = answer.indexOf('\r\n\r\n');
    const headers = answer
      .subarray(0, end)
      .toString('utf8')
      .split('\r\n')
      .map(line => line.split(': '));
    const status = headers.find(([key]) => key === 'Status')?.[1] ?? '200';
    res
      .writeHead(
        Number(status.slice(0, 3)),
        Object.fromEntries(headers.filter(([key]) => key !== 'Status')),
      )
      .end(answer.subarray(end + 4));
  }
}
