import { hashOf, type GoldenPathRecord } from './GoldenPathRecord';

/** A file that the template wrote and that is different now. */
export type DriftedFile = { path: string; kind: 'changed' | 'removed' };

/**
 * What people changed of what the template wrote.
 *
 * @param files - the files of the repository, by path; those that the record does not know do not matter
 */
export function findDrift(
  record: GoldenPathRecord,
  files: ReadonlyMap<string, Buffer>,
): DriftedFile[] {
  return Object.entries(record.files).flatMap(([path, hash]): DriftedFile[] => {
    const content = files.get(path);
    if (!content) return [{ path, kind: 'removed' }];
    return hashOf(content) === hash ? [] : [{ path, kind: 'changed' }];
  });
}
