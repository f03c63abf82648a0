import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Order, RunTools } from '@waymark/plugin-infrastructure-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { GitopsSettings, RepositorySettings } from '../config';
import { GitopsEngine } from '../GitopsEngine';

const modules = path.join(__dirname, '../__fixtures__/modules');
const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Amara',
  GIT_AUTHOR_EMAIL: 'amara@example.com',
  GIT_COMMITTER_NAME: 'Amara',
  GIT_COMMITTER_EMAIL: 'amara@example.com',
};

/** What an engine told of a run. */
export type Told = RunTools & { steps: string[]; lines: string[] };

/** Tools that keep what they are told. */
export function tools(signal = new AbortController().signal): Told {
  const steps: string[] = [];
  const lines: string[] = [];
  return {
    signal,
    steps,
    lines,
    log: line => lines.push(line),
    state: async () => {
      throw new Error('This engine keeps no state');
    },
    conceal: () => {},
    step: async title => {
      steps.push(title);
    },
  };
}

/** An order for a room in staging, of a resource of its own. */
export function orderFor(
  change: Partial<Omit<Order, 'resource'>> & {
    resource?: Partial<Order['resource']>;
  } = {},
): Order {
  const { resource, parameters, ...rest } = change;
  const requestId = randomUUID();
  return {
    requestId,
    settings: { module: 'room', repository: 'environments' },
    parameters: { pods: 30, memoryGb: 8, note: 'orders', ...parameters },
    tags: { 'request-id': requestId, owner: 'group:default/ledger' },
    wanted: 'present',
    ...rest,
    resource: {
      id: randomUUID(),
      name: `orders-${requestId.slice(0, 8)}`,
      environment: 'staging',
      owner: 'group:default/ledger',
      ...resource,
    },
  };
}

/** A bare repository, engines that commit to it, and people who do too. */
export class World {
  readonly #folder = createMockDirectory();
  #remote = '';

  /** Begins anew, with nothing there. */
  reset(): void {
    this.#remote = this.#folder.resolve(randomUUID(), 'environments.git');
  }

  get remote(): string {
    return this.#remote;
  }

  /** An engine with a copy of its own, as another process has. */
  engine(
    repository: Partial<RepositorySettings> = {},
    host?: Pick<RepositoryHost, 'propose'>,
  ): Promise<GitopsEngine> {
    const settings: GitopsSettings = {
      modules,
      workFolder: this.#folder.resolve(randomUUID()),
      reports: {
        argocd: { secrets: ['s3'] },
        flux: { secrets: ['s3'] },
        github: { secrets: ['s3'] },
        gitlab: { secrets: ['s3'] },
      },
      repositories: [
        {
          name: 'environments',
          remote: this.#remote,
          create: true,
          branch: 'main',
          path: 'clusters',
          reconciled: true,
          author: { name: 'Waymark', email: 'waymark@example.com' },
          ...repository,
        },
      ],
    };
    return GitopsEngine.create(settings, host);
  }

  git(...args: string[]): string {
    return execFileSync('git', [`--git-dir=${this.#remote}`, ...args], {
      encoding: 'utf8',
      env: environment,
    }).trim();
  }

  file(name: string): string {
    return `${this.git('show', `main:${name}`)}\n`;
  }

  files(): string[] {
    return this.git('ls-tree', '-r', '--name-only', 'main').split('\n');
  }

  commits(): number {
    return Number(this.git('rev-list', '--count', 'main'));
  }

  /** A person merges a branch, as one commit of their own. */
  merge(branch: string): string {
    const { git } = this.#clone();
    git('merge', '--quiet', '--squash', `origin/${branch}`);
    git('commit', '--quiet', '--message', 'Merged by hand');
    git('push', '--quiet', 'origin', 'HEAD:main');
    return this.git('rev-parse', 'main');
  }

  /** A person commits to a branch that is to be merged. */
  addTo(branch: string, files: Record<string, string>): string {
    return this.#commit(branch, files);
  }

  #clone() {
    const clone = this.#folder.resolve(randomUUID());
    execFileSync('git', ['clone', '--quiet', this.#remote, clone], {
      env: environment,
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', clone, ...args], { env: environment });
    return { clone, git };
  }

  /** A person commits, without asking anybody. */
  edit(files: Record<string, string | null>): string {
    return this.#commit('main', files);
  }

  #commit(branch: string, files: Record<string, string | null>): string {
    const { clone, git } = this.#clone();
    git('checkout', '--quiet', '-B', 'work', `origin/${branch}`);
    for (const [name, text] of Object.entries(files)) {
      if (text === null) git('rm', '--quiet', name);
      else {
        this.#folder.addContent({
          [path.relative(this.#folder.path, path.join(clone, name))]: text,
        });
      }
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', 'By hand');
    git('push', '--quiet', 'origin', `HEAD:${branch}`);
    return this.git('rev-parse', branch);
  }
}
