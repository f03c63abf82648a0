import type { GoldenPathRecord } from '../record/GoldenPathRecord';
import type { Release } from '../release/Release';
import type { Migration } from './Migration';

const annotation = 'waymark.io/template-version';

/**
 * The version in the catalog file is the template's to say, like the record.
 * Both sides of a merge get the new one beforehand, so that it never stands in
 * the way of what people changed around it.
 */
export function stampOf(
  record: Pick<GoldenPathRecord, 'version'>,
  release: Pick<Release, 'version'>,
): Migration {
  return {
    version: release.version,
    title: 'Name the version',
    // With its name in quotes, as in JSON, and without.
    steps: ['', '"'].flatMap(close =>
      ['"', "'", ''].map(quote => ({
        replace: `${annotation}${close}: ${quote}${record.version}${quote}`,
        by: `${annotation}${close}: ${quote}${release.version}${quote}`,
        in: 'catalog-info.yaml',
      })),
    ),
  };
}
