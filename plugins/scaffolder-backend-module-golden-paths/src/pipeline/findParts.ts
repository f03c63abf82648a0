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
 * of which one lies in the other, the outer one counts: its tool covers both.
 */
export function findParts(paths: Iterable<string>): FoundParts {
  const own = [...paths].filter(file => !foreign.test(file));
  const found: FoundPart[] = [];
  const beyond: FoundPart[] = [];
  for (const part of pipelineParts) {
    const directories = outermost(
      own
        .filter(file => part.shows(path.posix.basename(file)))
        .map(file => path.posix.dirname(file)),
    );
    const fits = directories.filter(
      (directory, index) =>
        (part.rootOnly ? directory === '.' : index < mostDirectories) &&
        plainDirectory.test(directory),
    );
    for (const directory of directories) {
      const list = fits.includes(directory) ? found : beyond;
      list.push({ part, directory });
    }
  }
  return { found, beyond };
}

function outermost(directories: string[]): string[] {
  const distinct = [...new Set(directories)].sort();
  return distinct.filter(
    directory =>
      !distinct.some(
        other =>
          other !== directory &&
          (other === '.' || directory.startsWith(`${other}/`)),
      ),
  );
}
