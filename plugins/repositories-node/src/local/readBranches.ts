import { runGit } from './runGit';

/** The commit of each branch of a bare repository. */
export async function readBranches(
  repository: string,
): Promise<Map<string, string>> {
  const listed = await runGit(
    [
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads',
    ],
    { repository },
  );
  return new Map(
    listed
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line): [string, string] => {
        const space = line.indexOf(' ');
        return [line.slice(space + 1), line.slice(0, space)];
      }),
  );
}
