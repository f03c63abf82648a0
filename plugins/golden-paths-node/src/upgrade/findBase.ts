import { InputError } from '@backstage/errors';
import {
  modesOf,
  readFiles,
  runGit,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import {
  hashOf,
  parseRecord,
  recordPath,
  type GoldenPathRecord,
} from '../record/GoldenPathRecord';
import type { TemplateFile } from '../render/TemplateFile';

/** The branch that holds what the template wrote, version by version, and nothing of people. */
export const renderingBranch = 'golden-path';

/** What the template wrote, as it was the last time. */
export type Base = {
  files: TemplateFile[];
  /** What it wrote and the repository never took in, because its .gitignore says so. */
  leftOut: Set<string>;
};

/** More versions than a repository ever crosses. */
const mostCandidates = 200;

/**
 * Finds what the template wrote for the version that a repository is on. The
 * repository itself holds it: in the branch of renderings, or in the commit
 * that brought the version. Each file is held against the hash in the record,
 * so that what is found is what was written.
 *
 * @param rendered - the version rendered again, for a repository whose history was cut
 * @throws InputError when nothing has these hashes
 */
export async function findBase(
  copy: WorkingCopy,
  record: GoldenPathRecord,
  rendered?: TemplateFile[],
): Promise<Base> {
  for (const commit of await candidates(copy)) {
    const base = await baseIn(copy.repository, commit, record);
    if (base) return base;
  }
  if (rendered && isWhatWasWritten(rendered, record)) {
    return { files: rendered, leftOut: new Set() };
  }
  throw new InputError(
    `What ${record.template} ${record.version} wrote is found neither in the branch ${renderingBranch} nor in the history, and rendering it again gives other files than ${recordPath} says. Bring the branch or the record back, or adopt the golden path anew.`,
  );
}

/** Commits that changed the record: newest first, those of the branch of renderings before all others. */
async function candidates(copy: WorkingCopy): Promise<string[]> {
  const heads = [renderingBranch, copy.defaultBranch].flatMap(
    branch => copy.branches.get(branch) ?? [],
  );
  const found = await Promise.all(
    heads.map(head =>
      runGit(
        [
          'log',
          '--full-history',
          '--format=%H',
          `--max-count=${mostCandidates}`,
          head,
          '--',
          recordPath,
        ],
        { repository: copy.repository },
      ),
    ),
  );
  return [
    ...new Set(
      found.flatMap(lines =>
        lines.toString('utf8').split('\n').filter(Boolean),
      ),
    ),
  ];
}

async function baseIn(
  repository: string,
  commit: string,
  record: GoldenPathRecord,
): Promise<Base | undefined> {
  const paths = [recordPath, ...Object.keys(record.files)];
  const found = await readFiles(repository, commit, paths);
  const own = found.get(recordPath);
  if (!own || !isSameRecord(own.toString('utf8'), record)) return undefined;
  for (const [path, hash] of Object.entries(record.files)) {
    const content = found.get(path);
    if (content && hashOf(content) !== hash) return undefined;
  }
  const modes = await modesOf(repository, commit);
  return {
    files: [...found].map(([path, content]) => ({
      path,
      content,
      executable: modes.get(path) === '100755',
    })),
    leftOut: new Set(paths.filter(path => !found.has(path))),
  };
}

function isSameRecord(text: string, record: GoldenPathRecord): boolean {
  try {
    return JSON.stringify(parseRecord(text)) === JSON.stringify(record);
  } catch {
    // A record that somebody broke, and somebody mended later.
    return false;
  }
}

function isWhatWasWritten(
  rendered: TemplateFile[],
  record: GoldenPathRecord,
): boolean {
  const written = rendered.filter(({ path }) => path !== recordPath);
  return (
    written.length === Object.keys(record.files).length &&
    written.every(({ path, content }) => record.files[path] === hashOf(content))
  );
}
