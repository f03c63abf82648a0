import type { Support } from '@waymark/plugin-golden-paths-common';
import { major, minor, rcompare } from 'semver';

/** When a version of a template was first seen. */
export type Published = { version: string; publishedAt: Date };

/** How long before the end of support people are told. */
export const noticeMonths = 6;

/** Versions of one line differ in what they mended only. */
function lineOf(version: string): string {
  return `${major(version)}.${minor(version)}`;
}

/** The day some months later; of a day that the month lacks, the month's last one. */
export function monthsAfter(date: Date, months: number): string {
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(
    Date.UTC(date.getUTCFullYear(), month + 1, 0),
  ).getUTCDate();
  return new Date(
    Date.UTC(
      date.getUTCFullYear(),
      month,
      Math.min(date.getUTCDate(), lastDay),
    ),
  )
    .toISOString()
    .slice(0, 10);
}

/** The last day of a template that is given up, which people have notice of from a day on. */
export function endOf(noticeFrom: string): string {
  return monthsAfter(new Date(noticeFrom), noticeMonths);
}

/**
 * How long each version is supported. The newest line (major.minor) and the one
 * before it are supported; an older one for six months from the day on which it
 * stopped being one of the two. All versions of a template that is given up end
 * six months after the day from which people have notice of that.
 */
export function supportOf(
  published: Published[],
  options: { now: Date; noticeFrom?: string },
): Map<string, Support> {
  const { now, noticeFrom } = options;
  const sorted = [...published].sort((a, b) => rcompare(a.version, b.version));
  const lines = [...new Set(sorted.map(({ version }) => lineOf(version)))];
  const beginOf = (line: string) =>
    Math.min(
      ...sorted
        .filter(({ version }) => lineOf(version) === line)
        .map(({ publishedAt }) => publishedAt.getTime()),
    );
  return new Map(
    sorted.map(({ version }, index): [string, Support] => {
      const place = lines.indexOf(lineOf(version));
      const ends = [
        ...(noticeFrom ? [endOf(noticeFrom)] : []),
        ...(place >= 2
          ? [monthsAfter(new Date(beginOf(lines[place - 2])), noticeMonths)]
          : []),
      ].sort();
      if (ends.length === 0) {
        return [version, { state: index === 0 ? 'current' : 'supported' }];
      }
      const [until] = ends;
      const over = now.toISOString().slice(0, 10) > until;
      return [version, { state: over ? 'unsupported' : 'deprecated', until }];
    }),
  );
}
