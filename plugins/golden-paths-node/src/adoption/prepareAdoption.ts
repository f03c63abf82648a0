import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  makeCommit,
  modesOf,
  readFiles,
  runGit,
  settleBranch,
  treeOf,
  type Author,
  type BranchMove,
  type FileChange,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { recordPath } from '../record/GoldenPathRecord';
import { renderRelease, type Release } from '../release/Release';
import type { TemplateFile } from '../render/TemplateFile';
import { section } from '../section';
import {
  annotateCatalogInfo,
  type CatalogInfoSubject,
} from './annotateCatalogInfo';
import { renderingBranch } from '../upgrade/findBase';
import { headOf, type UpgradeChange } from '../upgrade/prepareUpgrade';

/** What bringing a repository under a golden path does to it; nothing of it is published yet. */
export type Adoption = {
  template: string;
  version: string;
  /** Where the repository stood. */
  head: string;
  branch: string;
  /** The merge that the branch holds. */
  commit: string;
  changes: UpgradeChange[];
  /** Files of the team that are other than the template's; they stay. */
  differing: string[];
  /** Files of the template that have no place, because the team has a folder or a file in the way. */
  blocked: string[];
  title: string;
  /** In Markdown. */
  summary: string;
  /** To be published together. */
  moves: BranchMove[];
};

export type AdoptionOptions = {
  when: Date;
  author: Author;
  release: Release;
  answers: JsonObject;
  /** Where the portal is. */
  portalUrl: string;
  /** The entity whose catalog file is to name the golden path, and where that file is. */
  entity: CatalogInfoSubject;
  catalogInfoPath: string;
};

/** The catalog file of every template. */
const catalogInfo = 'catalog-info.yaml';

/**
 * Brings a repository under a version of a golden path that did not make it.
 * What the template writes is added where nothing is; where something is, the
 * team's file stays. The rendering goes to the branch of renderings, from which
 * later upgrades know what the template wrote.
 *
 * @throws ConflictError when it is on a golden path already, or people have worked on the branch
 * @throws InputError when an answer is lacking, or the catalog file does not describe the component
 */
export async function prepareAdoption(
  copy: WorkingCopy,
  options: AdoptionOptions,
): Promise<Adoption> {
  const { release, answers, portalUrl, author, when, entity, catalogInfoPath } =
    options;
  const { repository } = copy;
  const head = headOf(copy);
  const name = release.template.replace(/^.*\//, '');
  const modes = await modesOf(repository, head);
  if (modes.has(recordPath)) {
    throw new ConflictError(
      `The repository has a ${recordPath}, so it is on a golden path already. Upgrade it instead`,
    );
  }
  const rendered = renderRelease(release, {
    recorded: {},
    given: answers,
    portalUrl,
  });
  const sorted = await sortFiles(repository, head, modes, rendered, {
    // One that lies elsewhere is not to get a second one.
    own: catalogInfoPath,
  });
  const info = await readFiles(repository, head, [catalogInfoPath]);
  const annotated = annotateCatalogInfo(
    info.get(catalogInfoPath)?.toString('utf8') ?? '',
    entity,
    {
      'waymark.io/template': name,
      'waymark.io/template-version': release.version,
    },
  );
  const git = { author, when };
  const rendering = await renderingOf(copy, { ...git, release, rendered });
  const changes: FileChange[] = [
    ...sorted.added.map(write => ({ write })),
    {
      write: {
        path: catalogInfoPath,
        content: Buffer.from(annotated),
        executable: false,
      },
    },
  ];
  const told = {
    template: release.template,
    version: release.version,
    changes: [
      ...sorted.added.map(
        ({ path }): UpgradeChange => ({ path, kind: 'added' }),
      ),
      { path: catalogInfoPath, kind: 'changed' as const },
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
    differing: sorted.differing,
    blocked: sorted.blocked,
  };
  const title = `Adopt ${name} ${release.version}`;
  const summary = summarise(told, catalogInfoPath);
  const commit = await makeCommit(repository, {
    ...git,
    tag: 'waymark-adoption',
    message: `${title}\n\n${summary}\n`,
    parents: [head, rendering],
    filesOf: { tree: await treeOf(repository, head) },
    changes,
  });
  const branch = `adopt/${name}-${release.version}`;
  const settled = await settleBranch(copy, { branch, made: commit });
  const moves = [
    {
      branch: renderingBranch,
      to: rendering,
      expected: copy.branches.get(renderingBranch),
    },
    { branch, to: commit, expected: undefined },
  ].filter(({ to, expected }) => to !== expected);
  return {
    ...told,
    head: await parentOf(repository, settled.commit),
    branch,
    commit: settled.commit,
    title,
    summary,
    // Nothing where the very same was published before.
    moves: settled.isThere ? [] : moves,
  };
}

/** Sorts what the template writes by what the repository has there. */
async function sortFiles(
  repository: string,
  head: string,
  modes: ReadonlyMap<string, string>,
  rendered: TemplateFile[],
  { own }: { own: string },
) {
  const there = await readFiles(
    repository,
    head,
    rendered.map(({ path }) => path),
  );
  const folders = new Set([...modes.keys()].flatMap(foldersOf));
  const sorted: {
    added: TemplateFile[];
    differing: string[];
    blocked: string[];
  } = { added: [], differing: [], blocked: [] };
  for (const file of rendered) {
    const { path, content } = file;
    const inTheWay =
      folders.has(path) || foldersOf(path).some(folder => modes.has(folder));
    if (path === catalogInfo && path !== own) {
      sorted.differing.push(path);
    } else if (inTheWay || (modes.has(path) && !there.has(path))) {
      sorted.blocked.push(path);
    } else if (!modes.has(path)) {
      sorted.added.push(file);
    } else if (!there.get(path)?.equals(content)) {
      sorted.differing.push(path);
    }
  }
  return sorted;
}

/** Every folder that a file lies in. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What the template wrote, alone, as the branch of renderings has it. */
async function renderingOf(
  copy: WorkingCopy,
  options: {
    author: Author;
    when: Date;
    release: Release;
    rendered: TemplateFile[];
  },
): Promise<string> {
  const { release, rendered, ...git } = options;
  const tip = copy.branches.get(renderingBranch);
  if (tip) {
    const known = await readFiles(copy.repository, tip, [recordPath]);
    if (!known.has(recordPath)) {
      throw new ConflictError(
        `The repository has a branch ${renderingBranch} that no golden path made. Rename it, then adopt again`,
      );
    }
  }
  const made = await makeCommit(copy.repository, {
    ...git,
    tag: 'waymark-rendering',
    message: `${release.template} ${release.version}\n`,
    parents: tip ? [tip] : [],
    filesOf: 'none',
    changes: rendered.map(write => ({ write })),
  });
  return tip && (await isSameTree(copy.repository, tip, made)) ? tip : made;
}

/** Where the default branch stood when a proposal was made. */
async function parentOf(repository: string, commit: string): Promise<string> {
  const said = await runGit(['rev-parse', `${commit}^1`], { repository });
  return said.toString('utf8').trim();
}

async function isSameTree(
  repository: string,
  one: string,
  other: string,
): Promise<boolean> {
  const [first, second] = await Promise.all([
    treeOf(repository, one),
    treeOf(repository, other),
  ]);
  return first === second;
}

function summarise(
  told: Pick<Adoption, 'changes' | 'differing' | 'blocked'>,
  catalogInfoPath: string,
): string {
  return [
    ...section(
      'Yours, and other than the template has it',
      told.differing.map(path =>
        path === catalogInfoPath
          ? `- \`${path}\` gets two annotations, which name the template and its version; otherwise it stays.`
          : `- \`${path}\` stays as it is.`,
      ),
    ),
    ...section(
      'Without a place',
      told.blocked.map(
        path =>
          `- \`${path}\`: you have a folder, a file or a link in the way; that stays.`,
      ),
    ),
    ...section(
      'Files',
      told.changes.map(({ path, kind }) => `- ${kind} \`${path}\``),
    ),
  ]
    .join('\n')
    .trim();
}
