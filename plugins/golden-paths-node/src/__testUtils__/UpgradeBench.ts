import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  LocalRepositoryHost,
  makeCommit,
  readFiles,
  runGit,
  treeOf,
  type FileChange,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { renderRelease, type Release } from '../release/Release';
import {
  headOf,
  prepareUpgrade,
  type Upgrade,
  type UpgradeOptions,
} from '../upgrade/prepareUpgrade';

const amara = { name: 'Amara Okafor', email: 'amara@larkspur.example' };
const portal = { name: 'Waymark', email: 'waymark@larkspur.example' };
/** Where the portal is, unless a test moves it. */
export const portalUrl = 'https://portal.larkspur.example';
const when = new Date('2026-11-29T10:00:00Z');

/** A release of a template whose files need no rendering. */
export function releaseOf(
  version: string,
  files: Record<string, string>,
  more: Partial<Release> = {},
): Release {
  return {
    template: 'template:default/paper',
    version,
    layers: [],
    constants: {},
    answers: { name: { kind: 'form', field: 'name' } },
    migrations: [],
    changelog: '',
    skeleton: Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(content),
      executable: false,
    })),
    ...more,
  };
}

/** Writes a file with this text. */
export function text(path: string, content: string): FileChange {
  return { write: { path, content: Buffer.from(content), executable: false } };
}

/** Repositories on a real host, which people edit and upgrades reach. */
export class UpgradeBench {
  readonly #kept = createMockDirectory();
  readonly #workspace = createMockDirectory();
  #host: LocalRepositoryHost | undefined;

  clear(): void {
    this.#kept.clear();
    this.#workspace.clear();
  }

  /** As the scaffolder does: the first commit is what the template wrote. */
  scaffold(name: string, release: Release): Promise<void> {
    const files = renderRelease(release, {
      recorded: { name },
      portalUrl,
    });
    return this.create(
      name,
      Object.fromEntries(files.map(({ path, content }) => [path, content])),
    );
  }

  /** As people do who know no template. */
  async create(
    name: string,
    files: Record<string, string | Buffer>,
  ): Promise<void> {
    this.#workspace.clear();
    this.#workspace.setContent(files);
    await (
      await this.host()
    ).publish({
      name,
      description: name,
      directory: this.#workspace.path,
      defaultBranch: 'main',
      commitMessage: `Create ${name}`,
      author: amara,
      taskId: name,
    });
  }

  /** What a person commits to the default branch. */
  edit(name: string, changes: FileChange[]): Promise<void> {
    return this.inCopy(name, async copy => {
      const head = headOf(copy);
      const to = await makeCommit(copy.repository, {
        tag: 'edited',
        message: 'Edit\n',
        author: amara,
        when,
        parents: [head],
        filesOf: { tree: await treeOf(copy.repository, head) },
        changes,
      });
      await copy.publish([{ branch: copy.defaultBranch, to, expected: head }]);
    });
  }

  /** Upgrades, and publishes. */
  upgrade(
    name: string,
    release: Release,
    more: Partial<UpgradeOptions> = {},
  ): Promise<Upgrade> {
    return this.inCopy(name, async copy => {
      const upgrade = await prepareUpgrade(copy, {
        id: 'one',
        when,
        author: portal,
        portalUrl,
        release,
        ...more,
      });
      if (upgrade.moves.length > 0) await copy.publish(upgrade.moves);
      return upgrade;
    });
  }

  /** What a person does who finds the upgrade good. */
  async merge(name: string, { branch }: Pick<Upgrade, 'branch'>) {
    await this.inCopy(name, copy =>
      copy.publish([
        {
          branch: copy.defaultBranch,
          to: copy.branches.get(branch)!,
          expected: headOf(copy),
        },
      ]),
    );
  }

  /** The files of a branch, by path. */
  async files(name: string, ref: string): Promise<Map<string, string>> {
    const paths = (await this.git(name, 'ls-tree', '-r', '--name-only', ref))
      .split('\n')
      .filter(Boolean);
    const files = await readFiles(
      this.#kept.resolve(`${name}.git`),
      ref,
      paths,
    );
    return new Map(
      paths.map((path): [string, string] => [
        path,
        files.get(path)!.toString('utf8'),
      ]),
    );
  }

  /** What every branch stands at. */
  refs(name: string): Promise<string> {
    return this.git(name, 'for-each-ref', '--format=%(refname) %(objectname)');
  }

  async git(name: string, ...args: string[]): Promise<string> {
    const said = await runGit(args, {
      repository: this.#kept.resolve(`${name}.git`),
    });
    return said.toString('utf8').trim();
  }

  async inCopy<T>(
    name: string,
    work: (copy: WorkingCopy) => Promise<T>,
  ): Promise<T> {
    const copy = await (await this.host()).open(name);
    return work(copy).finally(() => copy.close());
  }

  async host(): Promise<LocalRepositoryHost> {
    this.#host ??= await LocalRepositoryHost.create({
      settings: {
        host: 'local',
        directory: this.#kept.path,
        baseUrl: 'http://localhost:7007',
        anonymousClone: false,
      },
      logger: mockServices.rootLogger.mock({ child: jest.fn() }),
    });
    return this.#host;
  }
}
