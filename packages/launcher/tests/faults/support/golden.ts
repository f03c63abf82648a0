import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { signIn } from '../../../src/identity/signIn.ts';
import type { TestLauncher } from '../../support/launcher.ts';
import { connectTo } from './heldTasks.ts';
import { until } from './until.ts';

/** Until the catalog follows what became of a task, on a busy machine. */
const soon = { withinMs: 30_000 };

/** How a task stands, and what it said about its failure. */
export type Outcome = { status: string; reason?: string };

/** A developer who makes services from the template, and looks at what became of them. */
export class Maker {
  readonly #launcher: TestLauncher;
  readonly #headers: Record<string, string>;

  private constructor(launcher: TestLauncher, token: string) {
    this.#launcher = launcher;
    this.#headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
  }

  static async signIn(launcher: TestLauncher): Promise<Maker> {
    return new Maker(launcher, await signIn(launcher.url, 'amara'));
  }

  /** Starts a task; once this returns, the portal has acknowledged it. */
  async start(name: string): Promise<string> {
    const response = await this.#ask('/api/scaffolder/v2/tasks', {
      method: 'POST',
      body: JSON.stringify({
        templateRef: 'template:default/node-service',
        values: {
          name,
          description: 'Made to be interrupted.',
          owner: 'group:default/ledger',
          system: 'system:default/payments-core',
        },
      }),
    });
    assert.equal(response.status, 201, await response.clone().text());
    return ((await response.json()) as { id: string }).id;
  }

  /** Waits for the end of a task. */
  async outcome(id: string, withinMs: number): Promise<Outcome> {
    let status = '';
    const look = async () => {
      const answer = await this.#ask(`/api/scaffolder/v2/tasks/${id}`);
      if (answer.ok) status = ((await answer.json()) as Outcome).status;
      return (
        ['completed', 'failed', 'cancelled'].includes(status) ||
        `it is ${status || 'not to be seen'}`
      );
    };
    await until(`task ${id} ends`, look, { withinMs });
    const events = (await (
      await this.#ask(`/api/scaffolder/v2/tasks/${id}/events`)
    ).json()) as { type: string; body: { error?: { message: string } } }[];
    const reason = events.findLast(({ type }) => type === 'completion')?.body
      .error?.message;
    return { status, reason };
  }

  /** Fails unless the service is there as a whole, and once. */
  async assertWhole(name: string): Promise<void> {
    assert.equal(await this.#commits(name), 1, `commits of ${name}`);
    assert.equal(await this.#locations(name), 1, `locations of ${name}`);
    await until(
      `the catalog shows ${name}`,
      () => this.#isInCatalog(name),
      soon,
    );
  }

  /** Fails unless nothing is left of the service. */
  async assertGone(name: string): Promise<void> {
    assert.equal(await this.#commits(name), 0, `commits of ${name}`);
    assert.equal(await this.#locations(name), 0, `locations of ${name}`);
    await until(
      `the catalog forgets ${name}`,
      async () => !(await this.#isInCatalog(name)),
      soon,
    );
  }

  /** Names of folders in which a killed process was about to make a repository. */
  async halfMade(): Promise<string[]> {
    const names = await fs.readdir(this.#repositories());
    return names.filter(name => name.startsWith('.'));
  }

  async #commits(name: string): Promise<number> {
    const place = path.join(this.#repositories(), `${name}.git`);
    const found = await fs.stat(place).catch(() => undefined);
    if (!found) return 0;
    return Number(
      execFileSync('git', ['-C', place, 'rev-list', '--all', '--count'], {
        encoding: 'utf8',
        // The folder belongs to whoever the launcher runs as.
        env: {
          ...process.env,
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'safe.directory',
          GIT_CONFIG_VALUE_0: '*',
        },
      }),
    );
  }

  async #locations(name: string): Promise<number> {
    const client = await connectTo(this.#launcher.home);
    try {
      const { rowCount } = await client.query(
        'select 1 from catalog.locations where target like $1',
        [`%/repositories/${name}/%`],
      );
      return rowCount ?? 0;
    } finally {
      await client.end();
    }
  }

  async #isInCatalog(name: string): Promise<boolean> {
    const { status } = await this.#ask(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    assert.ok([200, 404].includes(status), `status ${status}`);
    return status === 200;
  }

  #repositories(): string {
    return path.join(this.#launcher.home, 'data', 'repositories');
  }

  #ask(route: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.#launcher.url}${route}`, {
      ...init,
      headers: this.#headers,
    });
  }
}
