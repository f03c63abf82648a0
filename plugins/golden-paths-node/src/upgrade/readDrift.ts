import {
  makeCommit,
  readFiles,
  runGit,
  treeOf,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { findDrift, type DriftedFile } from '../record/findDrift';
import type { GoldenPathRecord } from '../record/GoldenPathRecord';
import type { TemplateFile } from '../render/TemplateFile';
import { findBase } from './findBase';
import { headOf, readRecord } from './prepareUpgrade';

/** Where a repository stands, and what people changed of what its template wrote. */
export type Standing = {
  record: GoldenPathRecord;
  head: string;
  drift: DriftedFile[];
};

/** How a file differs from what the template wrote. */
export type FileDrift = DriftedFile & {
  added: number;
  removed: number;
  /** Absent when it is no text, or too long to be read by people. */
  patch?: string;
};

const longestPatch = 20_000;

/** Tells what was changed by the hashes alone. */
export async function readStanding(copy: WorkingCopy): Promise<Standing> {
  const head = headOf(copy);
  const record = await readRecord(copy, head);
  const files = await readFiles(
    copy.repository,
    head,
    Object.keys(record.files),
  );
  return { record, head, drift: findDrift(record, files) };
}

/**
 * Tells how it was changed, line by line.
 *
 * @param rendered - the version rendered again, for a repository whose history was cut
 */
export async function readDrift(
  copy: WorkingCopy,
  rendered?: TemplateFile[],
): Promise<FileDrift[]> {
  const { record, head, drift } = await readStanding(copy);
  if (drift.length === 0) return [];
  const { repository } = copy;
  const changed = new Set(drift.map(({ path }) => path));
  const { files } = await findBase(copy, record, rendered);
  const common = {
    author: { name: 'Waymark', email: 'waymark@localhost' },
    when: new Date(0),
    parents: [],
  };
  const base = await makeCommit(repository, {
    ...common,
    tag: 'waymark-written',
    message: 'written\n',
    filesOf: 'none',
    changes: files
      .filter(({ path }) => changed.has(path))
      .map(write => ({ write })),
  });
  const now = await readFiles(repository, head, [...changed]);
  const tree = await treeOf(repository, head);
  return Promise.all(
    drift.map(async file => {
      const patch = await runGit(
        ['diff', '--no-renames', '--no-color', base, tree, '--', file.path],
        { repository },
      );
      const text = patch.toString('utf8');
      const lines = text.split('\n').slice(4);
      const isText = !now.get(file.path)?.includes(0);
      return {
        ...file,
        added: lines.filter(line => line.startsWith('+')).length,
        removed: lines.filter(line => line.startsWith('-')).length,
        ...(isText && text.length <= longestPatch ? { patch: text } : {}),
      };
    }),
  );
}
