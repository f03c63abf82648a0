import { InputError } from '@backstage/errors';
import { StringDecoder } from 'node:string_decoder';

/** A commit as `git log` tells of it. Instants are in milliseconds. */
export type Commit = {
  sha: string;
  parents: string[];
  authoredAt: number;
  committedAt: number;
  author: string;
  subject: string;
  body: string;
};

/** A tag and the commit it stands for. */
export type Tag = { name: string; sha: string; createdAt: number };

/** What a repository's history is read into. */
export type GitHistory = {
  /** The newest commit of the main branch. */
  head: string;
  commits: Map<string, Commit>;
  tags: Tag[];
};

/**
 * The commands whose outputs, one after the other, {@link readGitHistory}
 * reads. Every record begins with its kind and ends with the separator
 * between records of ASCII, so that what people write into messages stays
 * what it is.
 */
export const historyCommands: readonly (readonly string[])[] = [
  ['log', '-1', '--format=head%x1f%H%x1e', 'HEAD', '--'],
  [
    'for-each-ref',
    '--format=tag%1f%(refname:strip=2)%1f%(objectname)%1f%(*objectname)%1f%(creatordate:iso-strict)%1e',
    'refs/tags',
  ],
  [
    'log',
    '--format=commit%x1f%H%x1f%P%x1f%aI%x1f%cI%x1f%an%x1f%s%x1f%b%x1e',
    '--tags',
    'HEAD',
    '--',
  ],
];

const longestRecord = 4_000_000;
const mostCommits = 500_000;
/** Enough for the title of a pull request and what was reverted. */
const keptOfBody = 2000;

const objectId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** The records of a stream of bytes as they arrive. */
async function* recordsOf(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split('\x1e');
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.trimStart().split('\x1f');
    if (rest.length > longestRecord) {
      throw new InputError(
        `A record of the history is longer than ${longestRecord} characters; it has to be the output of the commands that the documentation names`,
      );
    }
  }
  rest += decoder.end();
  if (rest.trim()) {
    throw new InputError(
      'The history ends in the middle of a record; it was cut off on the way, or is not the output of the commands that the documentation names',
    );
  }
}

function instantOf(text: string | undefined, where: string): number {
  const instant = Date.parse(text ?? '');
  if (Number.isNaN(instant)) {
    throw new InputError(`${where}: "${text}" is no instant`);
  }
  return instant;
}

function shaOf(text: string | undefined, where: string): string {
  if (!text || !objectId.test(text)) {
    throw new InputError(`${where}: "${text}" is not the id of a commit`);
  }
  return text;
}

/** A text that PostgreSQL can keep: without zeros, and not cut in the middle of a character. */
const clean = (text: string | undefined, longest: number) =>
  (text ?? '')
    .replaceAll('\0', '')
    .trim()
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '');

function commitOf(fields: string[], where: string): Commit {
  const [sha, parents, authored, committed, author, subject, body] = fields;
  return {
    sha: shaOf(sha, where),
    parents: (parents ?? '')
      .split(' ')
      .filter(Boolean)
      .map(parent => shaOf(parent, where)),
    authoredAt: instantOf(authored, where),
    committedAt: instantOf(committed, where),
    author: clean(author, 300),
    subject: clean(subject, 1000),
    body: clean(body, keptOfBody),
  };
}

/**
 * Reads the output of {@link historyCommands}.
 *
 * @throws InputError that names the record that was not understood
 */
export async function readGitHistory(
  chunks: AsyncIterable<Buffer>,
): Promise<GitHistory> {
  const commits = new Map<string, Commit>();
  const tags: Tag[] = [];
  let head: string | undefined;
  let number = 0;
  for await (const [kind, ...fields] of recordsOf(chunks)) {
    number += 1;
    const where = `Record ${number}`;
    if (kind === 'commit') {
      const commit = commitOf(fields, where);
      commits.set(commit.sha, commit);
      if (commits.size > mostCommits) {
        throw new InputError(
          `The history holds more than ${mostCommits} commits; bring a part of it with git log --since`,
        );
      }
    } else if (kind === 'tag') {
      const [name, sha, peeled, createdAt] = fields;
      // A tag of a tree or of nothing has no date, and is no release.
      if (!createdAt) continue;
      tags.push({
        name: clean(name, 300),
        sha: shaOf(peeled || sha, where),
        createdAt: instantOf(createdAt, where),
      });
    } else if (kind === 'head') {
      head = shaOf(fields[0], where);
    } else {
      throw new InputError(
        `${where} begins with "${kind.slice(
          0,
          40,
        )}", and is neither a head nor a tag nor a commit; send the output of the commands that the documentation names`,
      );
    }
  }
  if (!head || !commits.has(head)) {
    throw new InputError(
      'The history says nothing of the commit at its head; send the output of all the commands that the documentation names',
    );
  }
  return { head, commits, tags };
}
