import { runGit } from '../local/runGit';
import type {
  PublishRequest,
  RepositoryHost,
  WorkingCopy,
} from '../RepositoryHost';

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

/** Commits the tree of `main` once more, as a program that works in a copy does. */
async function commitIn(copy: WorkingCopy, message: string): Promise<string> {
  const head = copy.branches.get(copy.defaultBranch)!;
  const made = await runGit(
    ['commit-tree', `${head}^{tree}`, '-p', head, '-m', message],
    {
      repository: copy.repository,
      env: {
        GIT_AUTHOR_NAME: 'Waymark',
        GIT_AUTHOR_EMAIL: 'waymark@larkspur.example',
        GIT_COMMITTER_NAME: 'Waymark',
        GIT_COMMITTER_EMAIL: 'waymark@larkspur.example',
      },
    },
  );
  return made.toString('utf8').trim();
}

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
  [
    'lets one work in a copy, of which nothing is seen until it is published',
    async ({ host, git, directory }) => {
      await host.publish(requestFor(directory));
      const before = await git(name, 'rev-parse', 'main');
      const copy = await host.open(name);
      expect([copy.defaultBranch, [...copy.branches]]).toEqual([
        'main',
        [['main', before]],
      ]);
      const commit = await commitIn(copy, 'Work');
      await expect(
        git(name, 'for-each-ref', '--format=%(refname)'),
      ).resolves.toBe('refs/heads/main');

      await copy.publish([
        { branch: 'upgrade/one', to: commit, expected: undefined },
        { branch: 'main', to: commit, expected: before },
      ]);
      await copy.close();

      await expect(git(name, 'rev-parse', 'main')).resolves.toBe(commit);
      await expect(
        git(name, 'log', '-1', '--format=%s', 'upgrade/one'),
      ).resolves.toBe('Work');
    },
  ],
  [
    'moves no branch of several when one was moved in the meantime',
    async ({ host, git, directory }) => {
      await host.publish(requestFor(directory));
      const before = await git(name, 'rev-parse', 'main');
      const [first, second] = await Promise.all([
        host.open(name),
        host.open(name),
      ]);
      const faster = await commitIn(first, 'Faster');
      await first.publish([{ branch: 'main', to: faster, expected: before }]);

      const slower = await commitIn(second, 'Slower');
      await expect(
        second.publish([
          { branch: 'upgrade/two', to: slower, expected: undefined },
          { branch: 'main', to: slower, expected: before },
        ]),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await Promise.all([first.close(), second.close()]);

      await expect(git(name, 'rev-parse', 'main')).resolves.toBe(faster);
      await expect(
        git(name, 'for-each-ref', '--format=%(refname)'),
      ).resolves.toBe('refs/heads/main');
    },
  ],
  [
    'opens no copy of what is not there',
    async ({ host }) => {
      await expect(host.open(name)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    },
  ],
  [
    'asks once to merge a branch, however often it is told to',
    async ({ host, directory }) => {
      await host.publish(requestFor(directory));
      const proposal = {
        name,
        branch: 'upgrade',
        into: 'main',
        title: 'Upgrade',
        body: 'To the current version.',
      };
      const asked = await host.propose(proposal);
      await expect(host.propose(proposal)).resolves.toBe(asked);
    },
  ],
];
