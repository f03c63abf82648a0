import { ConflictError, InputError } from '@backstage/errors';
import {
  makeCommit,
  readFiles,
  runGit,
  treeOf,
  type Author,
  type BranchMove,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { gt } from 'semver';
import {
  parseRecord,
  recordPath,
  type GoldenPathRecord,
} from '../record/GoldenPathRecord';
import { renderAgain, renderRelease, type Release } from '../release/Release';
import { findBase, renderingBranch } from './findBase';
import { mergeSides } from './mergeSides';
import type { UpgradeConflict } from './mergeTrees';
import { crossed, type Migration } from './Migration';
import { commitRendering, migrated, migratedFiles } from './sides';
import { stampOf } from './stampOf';
import { summarise, titleOf } from './summary';

/** A file that an upgrade changes in the repository. */
export type UpgradeChange = {
  path: string;
  kind: 'added' | 'changed' | 'removed';
};

/** What an upgrade does to a repository; nothing of it is published yet. */
export type Upgrade = {
  template: string;
  from: string;
  to: string;
  /** Where the repository stands. */
  head: string;
  branch: string;
  /** The merge that the branch holds. */
  commit: string;
  changes: UpgradeChange[];
  conflicts: UpgradeConflict[];
  migrations: Pick<Migration, 'version' | 'title' | 'notes'>[];
  title: string;
  /** In Markdown. */
  summary: string;
  /** To be published together. */
  moves: BranchMove[];
};

/** Names who asked for an upgrade, so that one that was interrupted finds its own work. */
const upgradeTrailer = 'Waymark-Upgrade';
const headTrailer = 'Waymark-Head';

export type UpgradeOptions = {
  /** Names the upgrade; the same one prepared again finds what it published. */
  id: string;
  when: Date;
  author: Author;
  release: Release;
  /** Where the portal is; the repository remembers where it was. */
  portalUrl: string;
  /** The release that the repository is on, where it is still known. */
  current?: Release;
  /** Answers that the new version asks for, and the repository never gave. */
  answers?: GoldenPathRecord['answers'];
  /** A commit that the portal put on the branch before, and that may be replaced. */
  replaces?: string;
};

/** Reads what a repository remembers of its golden path, at the head of its default branch or at another commit. */
export async function readRecord(
  copy: WorkingCopy,
  commit = headOf(copy),
): Promise<GoldenPathRecord> {
  const files = await readFiles(copy.repository, commit, [recordPath]);
  const record = files.get(recordPath);
  if (!record) {
    throw new InputError(
      `The repository has no ${recordPath}, so it is on no golden path. Adopt one first.`,
    );
  }
  return parseRecord(record.toString('utf8'));
}

/** The branch by which a repository is offered a version. */
export function upgradeBranch(template: string, version: string): string {
  return `upgrade/${template.replace(/^.*\//, '')}-${version}`;
}

/**
 * Merges a later version of its golden path into a repository: what the
 * template wrote, what it writes now, and the repository as it is, three ways.
 * All of it happens in the copy; the repository changes when `moves` are
 * published, and not before.
 *
 * @throws InputError when it is not on this golden path, on this version already, or lacks an answer
 * @throws ConflictError when people have worked on the branch
 */
export async function prepareUpgrade(
  copy: WorkingCopy,
  options: UpgradeOptions,
): Promise<Upgrade> {
  const { release, author, when } = options;
  const branch = upgradeBranch(release.template, release.version);
  const head = await standingOf(copy, branch, options);
  const record = await readRecord(copy, head);
  requireLater(record, release);

  const migrations = crossed(
    release.migrations,
    record.version,
    release.version,
  );
  const base = await findBase(
    copy,
    record,
    options.current && renderAgain(options.current, record),
  );
  const theirs = renderRelease(release, {
    recorded: record.answers,
    migrations,
    given: options.answers,
    portalUrl: options.portalUrl,
  }).filter(({ path }) => !base.leftOut.has(path));

  const git = { author, when };
  const rendering = await commitRendering(copy, {
    ...git,
    base: base.files,
    record,
    release,
    theirs,
  });
  const ours = await migrated(copy, { ...git, head, migrations, release });
  const stamp = stampOf(record, release);
  const merged = await mergeSides(copy, {
    ...git,
    base: migratedFiles(base.files, [...migrations, stamp]),
    ours: await migrated(copy, {
      ...git,
      head: ours,
      migrations: [stamp],
      release,
    }),
    theirs,
    label: `${release.template.replace(/^.*\//, '')}-${release.version}`,
  });
  const changes = await changesBetween(copy.repository, head, merged.commit);
  const told = {
    template: release.template,
    from: record.version,
    to: release.version,
    changes,
    conflicts: merged.conflicts,
    migrations: migrations.map(({ version, title, notes }) => ({
      version,
      title,
      notes,
    })),
  };
  const summary = summarise({ ...told, changelog: release.changelog });
  const title = titleOf(told);
  const commit = await makeCommit(copy.repository, {
    ...git,
    tag: 'waymark-upgrade',
    message: [
      title,
      '',
      summary,
      '',
      `${upgradeTrailer}: ${options.id}`,
      `${headTrailer}: ${head}`,
      '',
    ].join('\n'),
    parents: [ours, rendering],
    filesOf: { tree: await treeOf(copy.repository, merged.commit) },
    changes: [],
  });
  return {
    ...told,
    head,
    branch,
    commit,
    title,
    summary,
    moves: [
      {
        branch: renderingBranch,
        to: rendering,
        expected: copy.branches.get(renderingBranch),
      },
      { branch, to: commit, expected: copy.branches.get(branch) },
    ].filter(({ to, expected }) => to !== expected),
  };
}

/** Where the default branch stands. */
export function headOf(copy: WorkingCopy): string {
  const head = copy.branches.get(copy.defaultBranch);
  if (!head) {
    throw new InputError(
      `The repository has no commit on its branch ${copy.defaultBranch}`,
    );
  }
  return head;
}

/**
 * From where the upgrade goes: from the head, or from where it went when it was
 * interrupted after it had published.
 */
async function standingOf(
  copy: WorkingCopy,
  branch: string,
  { id, replaces }: UpgradeOptions,
): Promise<string> {
  const tip = copy.branches.get(branch);
  if (!tip) return headOf(copy);
  const told = await runGit(
    [
      'log',
      '-1',
      `--format=%(trailers:key=${upgradeTrailer},valueonly)%x00%(trailers:key=${headTrailer},valueonly)`,
      tip,
    ],
    { repository: copy.repository },
  );
  const [madeBy, from] = told
    .toString('utf8')
    .split('\0')
    .map(part => part.trim());
  if (madeBy === id && from) return from;
  if (tip === replaces) return headOf(copy);
  throw new ConflictError(
    `The repository has a branch ${branch} already, with work that is not the portal's. Merge it or remove it, and upgrade again.`,
  );
}

function requireLater(record: GoldenPathRecord, release: Release): void {
  if (record.template !== release.template) {
    throw new InputError(
      `The repository is on ${record.template}, not on ${release.template}`,
    );
  }
  if (!gt(release.version, record.version)) {
    throw new InputError(
      `The repository is on version ${record.version}; ${release.version} is not later`,
    );
  }
}

const kinds: Record<string, UpgradeChange['kind']> = {
  A: 'added',
  D: 'removed',
};

async function changesBetween(
  repository: string,
  before: string,
  after: string,
): Promise<UpgradeChange[]> {
  const listed = await runGit(
    ['diff-tree', '-r', '-z', '--no-renames', '--name-status', before, after],
    { repository },
  );
  const parts = listed.toString('utf8').split('\0').filter(Boolean);
  return parts.flatMap((status, index) =>
    index % 2 === 0
      ? [{ path: parts[index + 1], kind: kinds[status] ?? 'changed' }]
      : [],
  );
}
