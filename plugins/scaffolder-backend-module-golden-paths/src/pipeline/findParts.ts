import path from 'node:path';
import { pipelineParts, type PipelinePart } from './parts';

/** A part of a repository, and where it is. */
export type FoundPart = {
  part: PipelinePart;
  /** Such as `.` or `services/api`. */
  directory: string;
};

/** What was found, and what was found beyond what one pipeline should hold. */
export type FoundParts = { found: FoundPart[]; beyond: FoundPart[] };

/** Code of others, and files that only tests look at. */
const foreign =
  /(^|\/)(node_modules|vendor|third_party|testdata|__fixtures__|fixtures|\.terraform|charts\/[^/]+\/charts)\//;

/** A directory becomes part of a command line of a workflow; stranger ones are for people. */
const plainDirectory = /^[\w./-]+$/;

/** More jobs of one kind than this are a matter of their own. */
const mostDirectories = 10;

/**
 * Finds what a repository holds by the names of its files. Of two directories
 * of which one lies in the other, the outer one counts where its tool covers
 * both.
 */
export function findParts(paths: Iterable<string>): FoundParts {
  const folders = new Map<string, Set<string>>();
  for (const file of paths) {
    if (foreign.test(file)) continue;
    const { dir, base } = path.posix.parse(file);
    const directory = dir || '.';
    const files = folders.get(directory) ?? new Set();
    folders.set(directory, files.add(base));
  }
  const found: FoundPart[] = [];
  const beyond: FoundPart[] = [];
  for (const part of pipelineParts) {
    const directories = directoriesOf(part, folders);
    const fits = directories
      .filter(
        directory =>
          plainDirectory.test(directory) &&
          (!part.rootOnly || directory === '.'),
      )
      .slice(0, mostDirectories);
    for (const directory of directories) {
      const list = fits.includes(directory) ? found : beyond;
      list.push({ part, directory });
    }
  }
  return { found, beyond };
}

function directoriesOf(
  { shows, isApart, rootOnly }: PipelinePart,
  folders: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const all = [...folders]
    .filter(([, files]) => [...files].some(shows))
    .map(([directory]) => directory)
    .sort();
  return all.filter(
    directory =>
      rootOnly ||
      isApart?.(folders.get(directory) ?? new Set()) ||
      !all.some(outer => isWithin(directory, outer)),
  );
}

function isWithin(directory: string, outer: string): boolean {
  return (
    directory !== outer && (outer === '.' || directory.startsWith(`${outer}/`))
  );
}
