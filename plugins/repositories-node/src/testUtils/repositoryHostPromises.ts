import type { PublishRequest, RepositoryHost } from '../RepositoryHost';

/** A host that keeps no repository yet, and how to look behind it. */
export type HostUnderTest = {
  host: RepositoryHost;
  /** What Git says about a repository, such as of `log -1 --format=%s main`. */
  git(name: string, ...args: string[]): Promise<string>;
  /** A folder with the content of `newRepository`. */
  directory: string;
};

/** What is published. */
export const newRepository = {
  'catalog-info.yaml': 'kind: Component\n',
  '.gitignore': 'dist/\n',
  'dist/built.js': '',
  'src/main.ts': 'export {};\n',
};

const name = 'payments-ledger';

const requestFor = (directory: string): PublishRequest => ({
  name,
  description: 'Keeps the ledger of payments.',
  directory,
  defaultBranch: 'main',
  commitMessage: 'Create payments-ledger',
  author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
  taskId: 'task-1',
});

const ofAnother = (request: PublishRequest) => ({
  ...request,
  taskId: 'task-2',
});

/** What `RepositoryHost` promises whichever host keeps it, each with its proof, for `it.each`. */
export const repositoryHostPromises: [
  promise: string,
  proof: (host: HostUnderTest) => Promise<void>,
][] = [
  [
    'makes a repository with one commit by the person who asked',
    async ({ host, git, directory }) => {
      const request = requestFor(directory);
      await expect(host.exists(name)).resolves.toBe(false);

      await host.publish(request);

      await expect(host.exists(name)).resolves.toBe(true);
      await expect(
        git(name, 'log', '--format=%an|%ae|%s', 'main'),
      ).resolves.toBe(
        'Amara Okafor|amara@larkspur.example|Create payments-ledger',
      );
    },
  ],
  [
    'leaves out what the new repository ignores',
    async ({ host, git, directory }) => {
      const request = requestFor(directory);
      await host.publish(request);
      await expect(
        git(name, 'ls-tree', '-r', '--name-only', 'main'),
      ).resolves.toBe('.gitignore\ncatalog-info.yaml\nsrc/main.ts');
    },
  ],
  [
    'tells before and after the same addresses',
    async ({ host, directory }) => {
      const request = requestFor(directory);
      const urls = host.urlsFor(request);
      await expect(host.publish(request)).resolves.toEqual(urls);
      expect(new URL(urls.repositoryUrl).pathname).toContain(name);
      expect(urls.cloneUrl).toMatch(/payments-ledger\.git$/);
      expect(urls.catalogInfoUrl).toMatch(/\/main\/catalog-info\.yaml$/);
    },
  ],
  [
    'lets the same task publish again, and ends with one commit',
    async ({ host, git, directory }) => {
      const request = requestFor(directory);
      await host.publish(request);
      await host.publish(request);
      await expect(host.isMadeBy(request)).resolves.toBe(true);
      await expect(git(name, 'rev-list', '--count', 'main')).resolves.toBe('1');
    },
  ],
  [
    'refuses a name that another task has, and leaves it as it was',
    async ({ host, git, directory }) => {
      const request = requestFor(directory);
      await host.publish(request);
      const commit = await git(name, 'rev-parse', 'main');
      await expect(host.publish(ofAnother(request))).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('choose another name'),
      });
      await expect(git(name, 'rev-parse', 'main')).resolves.toBe(commit);
    },
  ],
  [
    'discards for the task that made it, and for no other',
    async ({ host, directory }) => {
      const request = requestFor(directory);
      await host.publish(request);
      await expect(host.discard(ofAnother(request))).resolves.toBe(false);
      await expect(host.exists(name)).resolves.toBe(true);
      await expect(host.discard(request)).resolves.toBe(true);
      await expect(host.exists(name)).resolves.toBe(false);
      await expect(host.discard(request)).resolves.toBe(false);
    },
  ],
  [
    'refuses names that no host would take',
    async ({ host, directory }) => {
      const request = requestFor(directory);
      for (const illegal of ['Payments', '../outside', 'a/b', 'ab']) {
        const refused = { name: 'InputError' };
        await expect(
          host.publish({ ...request, name: illegal }),
        ).rejects.toMatchObject(refused);
        await expect(host.exists(illegal)).rejects.toMatchObject(refused);
      }
    },
  ],
];
