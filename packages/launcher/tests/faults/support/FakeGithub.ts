import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How much of everything a repository of the fake holds. */
export type FakeRepository = { deployments: number; pullRequests: number };

type Answer = {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
};

const pageSize = 100;
const newest = Date.parse('2026-03-01T12:00:00Z');
const hour = 3_600_000;

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1);
const hoursAgo = (hours: number) =>
  new Date(newest - hours * hour).toISOString();
const sha = (kind: string, number: number) =>
  Buffer.from(`${kind}${number}`).toString('hex').padStart(40, '0');

/** The larger the number, the longer ago. */
const deployment = (id: number) => ({
  id,
  environment: 'production',
  sha: sha('d', id),
  ref: 'main',
  task: 'deploy',
  created_at: hoursAgo(id),
});

const pullRequest = (number: number) => ({
  number,
  title: `Change ${number}`,
  created_at: hoursAgo(number + 30),
  updated_at: hoursAgo(number),
  merged_at: hoursAgo(number),
  closed_at: hoursAgo(number),
  merge_commit_sha: sha('m', number),
  user: { login: 'amara' },
  head: { ref: `topic-${number}` },
  base: { ref: 'main' },
});

/** GitHub's REST API as far as a history is read from it, on a port of this machine. */
export class FakeGithub {
  /** Paths and queries that it was asked for, in their order. */
  readonly asked: string[] = [];
  /** Answers in its place, or makes it wait. */
  onRequest: (url: string) => Promise<Answer | undefined> | Answer | undefined =
    () => undefined;
  readonly #repositories: Record<string, FakeRepository>;
  readonly #server = http.createServer((request, response) => {
    void this.#serve(request.url ?? '', response);
  });

  /** @param repositories - by owner and name */
  constructor(repositories: Record<string, FakeRepository>) {
    this.#repositories = repositories;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(address: string, response: http.ServerResponse): Promise<void> {
    this.asked.push(address);
    const answer = (await this.onRequest(address)) ?? this.#answer(address);
    response
      .writeHead(answer.status, {
        'content-type': 'application/json',
        ...answer.headers,
      })
      .end(JSON.stringify(answer.body));
  }

  #answer(address: string): Answer {
    const url = new URL(address, this.url);
    const [, , owner, name, list, number, part] = url.pathname.split('/');
    const repository = this.#repositories[`${owner}/${name}`];
    if (!repository) return { status: 404, body: { message: 'Not Found' } };
    if (!list) {
      return {
        status: 200,
        body: { full_name: `${owner}/${name}`, default_branch: 'main' },
      };
    }
    return this.#page(url, itemsOf(repository, list, Number(number), part));
  }

  #page(url: URL, items: unknown[]): Answer {
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return {
      status: 200,
      headers:
        items.length > page * pageSize
          ? { link: `<${next.href}>; rel="next"` }
          : {},
      body: items.slice((page - 1) * pageSize, page * pageSize),
    };
  }
}

function itemsOf(
  repository: FakeRepository,
  list: string,
  number: number,
  part: string | undefined,
): unknown[] {
  switch (part ?? list) {
    case 'deployments':
      return numbers(repository.deployments).map(deployment);
    case 'statuses':
      return [{ state: 'success', created_at: hoursAgo(number - 0.1) }];
    case 'pulls':
      return numbers(repository.pullRequests).map(pullRequest);
    case 'commits':
      return [
        {
          sha: sha('c', number),
          commit: { author: { date: hoursAgo(number + 40) } },
        },
      ];
    case 'reviews':
      return [
        {
          state: 'APPROVED',
          submitted_at: hoursAgo(number + 10),
          user: { login: 'jonas', type: 'User' },
        },
      ];
    default:
      return [];
  }
}
