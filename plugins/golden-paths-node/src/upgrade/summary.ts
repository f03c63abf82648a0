import { gt, lte } from 'semver';
import { section } from '../section';
import type { UpgradeConflict } from './mergeTrees';
import type { Migration } from './Migration';
import type { UpgradeChange } from './prepareUpgrade';

type Told = {
  template: string;
  from: string;
  to: string;
  changes: UpgradeChange[];
  conflicts: UpgradeConflict[];
  migrations: Pick<Migration, 'version' | 'title' | 'notes'>[];
};

const explained: Record<UpgradeConflict['kind'], string> = {
  'both-changed':
    'you and the template changed the same lines; both are in the file, between marks',
  'both-added':
    'the template brings a file that you have already; both are in it, between marks',
  'removed-here':
    'you removed it and the template changed it; it stays removed',
  'removed-in-template':
    'the template removed it and you changed it; it stays as you have it',
  other: 'you and the template made different things of this path',
};

/** One line for a commit or a pull request. */
export function titleOf({ template, from, to }: Told): string {
  return `Upgrade ${template.replace(/^.*\//, '')} from ${from} to ${to}`;
}

/** What a person reads who decides on an upgrade; Markdown. */
export function summarise(told: Told & { changelog: string }): string {
  const { conflicts, migrations, changes } = told;
  const notes = migrations.filter(({ notes: text }) => text);
  return [
    ...section(
      'To decide',
      conflicts.map(({ path, kind }) => `- \`${path}\`: ${explained[kind]}.`),
    ),
    ...section(
      'To do by hand',
      notes.map(({ version, notes: text }) => `- ${version}: ${text?.trim()}`),
    ),
    ...section('What is new', newsBetween(told)),
    ...section(
      'Migrations',
      migrations.map(({ version, title }) => `- ${version}: ${title}`),
    ),
    ...section(
      'Files',
      changes.map(({ path, kind }) => `- ${kind} \`${path}\``),
    ),
  ]
    .join('\n')
    .trim();
}

/** The sections of a changelog after one version, up to another. */
function newsBetween(told: Told & { changelog: string }): string[] {
  return told.changelog
    .split(/^## /m)
    .slice(1)
    .flatMap(part => {
      const [heading, ...lines] = part.split('\n');
      const [version] = /^\d+\.\d+\.\d+/.exec(heading) ?? [];
      return version && gt(version, told.from) && lte(version, told.to)
        ? [`${version}`, '', ...lines.join('\n').trim().split('\n'), '']
        : [];
    });
}
