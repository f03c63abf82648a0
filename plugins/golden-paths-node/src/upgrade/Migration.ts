import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { compare, gt, lte } from 'semver';
import { parse } from 'yaml';
import { z } from 'zod';
import type { TemplateFile } from '../render/TemplateFile';

const filePath = z
  .string()
  .min(1)
  .refine(
    path =>
      !path.includes('\n') &&
      path.split('/').every(part => !['', '.', '..', '.git'].includes(part)),
    'is not a path within a repository',
  );

const step = z.union([
  z.strictObject({ move: filePath, to: filePath }),
  z.strictObject({
    replace: z.string().min(1),
    by: z.string(),
    in: filePath,
  }),
  z.strictObject({ answer: z.string().min(1), value: z.json() }),
  z.strictObject({ renameAnswer: z.string().min(1), to: z.string().min(1) }),
]);

const schema = z.strictObject({
  title: z.string().min(1),
  steps: z.array(step).default([]),
  /** What people have to do by hand, in Markdown. */
  notes: z.string().optional(),
});

/** What has to happen to a repository that comes to a version from an earlier one. Data only: nothing of it is run. */
export type Migration = z.infer<typeof schema> & { version: string };

/** Files by path. */
export type Files = ReadonlyMap<string, TemplateFile>;

const fileName = /^migrations\/(\d+\.\d+\.\d+)\.ya?ml$/;

/**
 * Reads the migrations among a template's files, in the order of their versions.
 *
 * @throws InputError that names the file and what is wrong in it
 */
export function readMigrations(files: TemplateFile[]): Migration[] {
  return files
    .filter(({ path }) => path.startsWith('migrations/'))
    .map(({ path, content }) => {
      const [, version] = fileName.exec(path) ?? [];
      if (!version) {
        throw new InputError(
          `${path} is no migration: its name is the version that it leads to, such as migrations/2.0.0.yaml`,
        );
      }
      try {
        return { version, ...schema.parse(parse(content.toString('utf8'))) };
      } catch (error) {
        const reason =
          error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        throw new InputError(`${path} is no migration: ${reason}`);
      }
    })
    .sort((a, b) => compare(a.version, b.version));
}

/** Those that a repository crosses on its way from one version to another. */
export function crossed(
  migrations: Migration[],
  from: string,
  to: string,
): Migration[] {
  return migrations.filter(
    ({ version }) => gt(version, from) && lte(version, to),
  );
}

/** The answers of a repository, as the later version wants them. */
export function migrateAnswers(
  migrations: Migration[],
  answers: JsonObject,
): JsonObject {
  const result: JsonObject = { ...answers };
  for (const entry of migrations.flatMap(({ steps }) => steps)) {
    if ('answer' in entry) result[entry.answer] ??= entry.value;
    if ('renameAnswer' in entry && entry.renameAnswer in result) {
      result[entry.to] = result[entry.renameAnswer];
      delete result[entry.renameAnswer];
    }
  }
  return result;
}

/** What migrations do to files: the moves in their order, then what is written. */
export type FileMigration = {
  moves: { from: string; to: string }[];
  writes: Map<string, Buffer>;
};

/** The files that migrations look at or write. */
export function touchedFiles(migrations: Migration[]): string[] {
  return migrations
    .flatMap(({ steps }) => steps)
    .flatMap(entry => {
      if ('move' in entry) return [entry.move, entry.to];
      return 'replace' in entry ? [entry.in] : [];
    });
}

/**
 * What migrations do to a repository. A step whose file is not there does
 * nothing, and nothing is moved onto a file that exists.
 */
export function migrateFiles(
  migrations: Migration[],
  files: ReadonlyMap<string, Buffer>,
): FileMigration {
  const now = new Map(files);
  const moves: FileMigration['moves'] = [];
  const writes = new Map<string, Buffer>();
  for (const entry of migrations.flatMap(({ steps }) => steps)) {
    if ('move' in entry) {
      const content = now.get(entry.move);
      if (content === undefined || now.has(entry.to)) continue;
      now.delete(entry.move);
      now.set(entry.to, content);
      moves.push({ from: entry.move, to: entry.to });
      const written = writes.get(entry.move);
      if (written) writes.set(entry.to, written);
      writes.delete(entry.move);
    } else if ('replace' in entry) {
      const before = now.get(entry.in)?.toString('utf8');
      if (before === undefined || !before.includes(entry.replace)) continue;
      const after = Buffer.from(
        before.replaceAll(entry.replace, () => entry.by),
      );
      now.set(entry.in, after);
      writes.set(entry.in, after);
    }
  }
  return { moves, writes };
}
