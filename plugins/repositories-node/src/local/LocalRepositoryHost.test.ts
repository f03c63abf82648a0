import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import { LocalRepositories } from './LocalRepositories';
import { LocalRepositoryHost } from './LocalRepositoryHost';
import { runGit } from './runGit';

const kept = createMockDirectory();
const workspace = createMockDirectory();
const machine = createMockDirectory();
const logger = mockServices.rootLogger.mock({ child: jest.fn() });

const settings = {
  host: 'local' as const,
  directory: kept.path,
  baseUrl: 'http://localhost:7007',
  anonymousClone: false,
};
const request = {
  name: 'payments-ledger',
  description: 'Keeps the\nledger of payments.',
  directory: workspace.path,
  defaultBranch: 'main',
  commitMessage: 'Create payments-ledger',
  author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
  taskId: 'task-1',
};

const open = () => LocalRepositoryHost.create({ settings, logger });
const inRepository = async (name: string, ...args: string[]) =>
  (await runGit(args, { repository: kept.resolve(`${name}.git`) }))
    .toString('utf8')
    .trim();

beforeEach(() => {
  kept.clear();
  workspace.setContent({
    'catalog-info.yaml': 'kind: Component\n',
    '.gitignore': 'dist/\n',
    'dist/built.js': '',
    'src/main.ts': 'export {};\r\n',
  });
});

describe('publishing', () => {
  it('makes one commit, by the person who asked, of all but what is ignored', async () => {
    const host = await open();
    await expect(host.publish(request)).resolves.toEqual({
      repositoryUrl: 'http://localhost:7007/repositories/payments-ledger',
      cloneUrl:
        'http://localhost:7007/api/repositories/git/payments-ledger.git',
      catalogInfoUrl:
        'http://localhost:7007/api/repositories/payments-ledger/raw/main/catalog-info.yaml',
    });
    await expect(
      inRepository('payments-ledger', 'log', '--format=%an|%ae|%cn|%s', 'main'),
    ).resolves.toBe(
      'Amara Okafor|amara@larkspur.example|Amara Okafor|Create payments-ledger',
    );
    await expect(
      inRepository('payments-ledger', 'ls-tree', '-r', '--name-only', 'main'),
    ).resolves.toBe('.gitignore\ncatalog-info.yaml\nsrc/main.ts');
    const { content } = await new LocalRepositories(settings).file({
      name: 'payments-ledger',
      ref: 'main',
      path: 'src/main.ts',
    });
    expect(content.toString('utf8')).toBe('export {};\r\n');
  });

  it('leaves nothing beside the repository, and passes its own integrity check', async () => {
    await (await open()).publish(request);
    await expect(fs.readdir(kept.path)).resolves.toEqual([
      'payments-ledger.git',
    ]);
    await expect(
      inRepository('payments-ledger', 'fsck', '--full', '--strict'),
    ).resolves.toBe('');
  });

  it('finds the first result when the same task publishes again', async () => {
    const host = await open();
    const first = await host.publish(request);
    const commit = await inRepository('payments-ledger', 'rev-parse', 'main');
    await expect(host.publish(request)).resolves.toEqual(first);
    await expect(
      inRepository('payments-ledger', 'rev-parse', 'main'),
    ).resolves.toBe(commit);
  });

  it('refuses a name that another task has, and changes nothing', async () => {
    const host = await open();
    await host.publish(request);
    await expect(
      host.publish({ ...request, taskId: 'task-2' }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'A repository named payments-ledger exists already; choose another name',
    });
    await expect(
      host.isMadeBy({ name: request.name, taskId: 'task-1' }),
    ).resolves.toBe(true);
  });

  it('lets one of several at once win, and tells the others', async () => {
    const host = await open();
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map(taskId => host.publish({ ...request, taskId })),
    );
    const lost = results.filter(result => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.name)).toEqual([
      'ConflictError',
      'ConflictError',
      'ConflictError',
    ]);
    await expect(fs.readdir(kept.path)).resolves.toEqual([
      'payments-ledger.git',
    ]);
  });

  it('refuses an empty folder and leaves no repository', async () => {
    workspace.clear();
    await fs.mkdir(workspace.path, { recursive: true });
    const host = await open();
    await expect(host.publish(request)).rejects.toThrow(
      /There is nothing to publish as payments-ledger/,
    );
    await expect(fs.readdir(kept.path)).resolves.toEqual([]);
    await expect(host.exists('payments-ledger')).resolves.toBe(false);
  });

  it.each([
    '../outside',
    'Payments',
    'a/b',
    'ab',
    '.git',
    'a--b',
    'x'.repeat(51),
  ])('refuses the name %s', async name => {
    const host = await open();
    await expect(host.publish({ ...request, name })).rejects.toThrow(
      /cannot be a repository's name/,
    );
    await expect(host.exists(name)).rejects.toThrow('cannot be');
    await expect(host.discard({ name, taskId: 'x' })).rejects.toThrow(
      'cannot be',
    );
  });

  it.each(['--upload-pack=x', 'a..b', 'a b', ''])(
    'refuses the branch "%s"',
    async defaultBranch => {
      await expect(
        (await open()).publish({ ...request, defaultBranch }),
      ).rejects.toThrow(/cannot be a branch's name/);
    },
  );

  it('says that the folder cannot be used without naming it', async () => {
    const host = await open();
    await fs.rm(kept.path, { recursive: true });
    await fs.writeFile(kept.path, 'in the way');
    try {
      const error = await host.publish(request).catch(thrown => thrown);
      expect(error.name).toBe('ServiceUnavailableError');
      expect(error.message).not.toContain(kept.path);
    } finally {
      await fs.rm(kept.path);
      await fs.mkdir(kept.path);
    }
  });

  it('heeds no hook, template or setting of the machine', async () => {
    machine.setContent({
      '.gitconfig': `[commit]\n  gpgSign = true\n[init]\n  templateDir = ${machine.path}\n`,
      hooks: { 'pre-commit': '#!/bin/sh\nexit 1\n' },
    });
    const variables = ['HOME', 'GIT_DIR', 'GIT_TEMPLATE_DIR'] as const;
    const before = variables.map(name => [name, process.env[name]] as const);
    variables.forEach(name => {
      process.env[name] = machine.path;
    });
    try {
      await expect((await open()).publish(request)).resolves.toBeDefined();
      await expect(
        fs.readdir(kept.resolve('payments-ledger.git')),
      ).resolves.not.toContain('hooks');
    } finally {
      before.forEach(([name, value]) => {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      });
    }
  });
});

describe('discarding', () => {
  it('removes what the task made', async () => {
    const host = await open();
    await host.publish(request);
    await expect(host.discard(request)).resolves.toBe(true);
    await expect(fs.readdir(kept.path)).resolves.toEqual([]);
    await expect(host.discard(request)).resolves.toBe(false);
  });

  it('leaves alone what another task made', async () => {
    const host = await open();
    await host.publish(request);
    await expect(
      host.discard({ name: request.name, taskId: 'task-2' }),
    ).resolves.toBe(false);
    await expect(host.exists(request.name)).resolves.toBe(true);
  });
});

it('clears at its start what killed processes left, and only that', async () => {
  const dead = 2 ** 22 + 1;
  const alive = process.ppid;
  const gone = `.work~${os.hostname()}~${dead}~1`;
  const busy = `.work~${os.hostname()}~${alive}~1`;
  const elsewhere = '.work~another-machine~1~1';
  const forgotten = '.work~another-machine~1~2';
  kept.setContent({
    [gone]: { HEAD: '' },
    [busy]: { HEAD: '' },
    [elsewhere]: { HEAD: '' },
    [forgotten]: { HEAD: '' },
    'kept-service.git': { HEAD: '' },
  });
  await fs.utimes(kept.resolve(forgotten), 0, 0);
  await open();
  await expect(fs.readdir(kept.path)).resolves.toEqual(
    [busy, elsewhere, 'kept-service.git'].sort(),
  );
});
