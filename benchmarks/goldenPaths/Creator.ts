import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Answers } from '../../packages/launcher/src/goldenPaths/template.ts';
import { signIn } from '../../packages/launcher/src/identity/signIn.ts';
import { paths } from '../../packages/launcher/src/paths.ts';
import { portalUrl } from '../../packages/launcher/src/portal/environment.ts';

const execute = promisify(execFile);

/** Between two looks, in milliseconds: what it adds to a figure. */
const lookMs = 50;

/** A developer who makes services with the portal's forms and clones them. */
export class Creator {
  readonly #headers: Record<string, string>;

  private constructor(token: string) {
    this.#headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
  }

  static async signIn(): Promise<Creator> {
    return new Creator(await signIn(portalUrl, 'amara'));
  }

  /**
   * Sends the form, and waits until the catalog shows what it made.
   *
   * @throws Error when the task does not complete
   */
  async create(template: string, values: Answers): Promise<void> {
    const { id } = await this.#answer<{ id: string }>(
      await this.#ask('/api/scaffolder/v2/tasks', {
        method: 'POST',
        body: JSON.stringify({
          templateRef: `template:default/${template}`,
          values,
        }),
      }),
    );
    for (;;) {
      const { status } = await this.#answer<{ status: string }>(
        await this.#ask(`/api/scaffolder/v2/tasks/${id}`),
      );
      if (status === 'completed') break;
      if (!['open', 'processing'].includes(status)) {
        throw new Error(`The task ${id} of ${template} ended as ${status}.`);
      }
      await delay(lookMs);
    }
    const entity = `/api/catalog/entities/by-name/component/default/${values.name}`;
    while (!(await this.#ask(entity)).ok) await delay(lookMs);
  }

  /** Clones what was made. */
  async clone(name: string, folder: string): Promise<void> {
    await execute(
      'git',
      ['clone', '-q', path.join(paths.repositories, `${name}.git`), folder],
      {
        // The repository belongs to whoever the portal runs as.
        env: {
          ...process.env,
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'safe.directory',
          GIT_CONFIG_VALUE_0: '*',
        },
      },
    );
  }

  #ask(route: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${portalUrl}${route}`, { ...init, headers: this.#headers });
  }

  async #answer<T>(response: Response): Promise<T> {
    if (!response.ok) {
      throw new Error(
        `${response.url} answered ${response.status}: ${await response.text()}`,
      );
    }
    return response.json() as Promise<T>;
  }
}
