import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Layer } from '../render/combineLayers';
import type { TemplateFile } from '../render/TemplateFile';
import { renderGoldenPath, type RenderedWith } from '../renderGoldenPath';
import { migrateAnswers, type Migration } from '../upgrade/Migration';

/** An answer that a template gives to its files, and where it comes from. */
export type AnswerSource =
  | { kind: 'fixed'; value: JsonValue }
  /** From the form; the default stands in for repositories that were never asked. */
  | { kind: 'form'; field: string; default?: JsonValue };

/** One version of a golden path, with all that rendering it later takes. */
export type Release = {
  template: string;
  version: string;
  layers: Layer[];
  skeleton: TemplateFile[];
  constants: JsonObject;
  answers: Record<string, AnswerSource>;
  migrations: Migration[];
  /** In Markdown. */
  changelog: string;
};

/**
 * Renders a release for a repository that gave its answers to an earlier one.
 *
 * @throws InputError that names the answers that are lacking
 */
export function renderRelease(
  release: Release,
  options: {
    recorded: JsonObject;
    migrations?: Migration[];
    given?: JsonObject;
    /** Where the portal is. */
    portalUrl: string;
  },
): TemplateFile[] {
  return renderGoldenPath(release, {
    answers: answersOf(release, options),
    portalUrl: options.portalUrl,
  });
}

/**
 * Renders the release that a repository is on once more, with what it was
 * rendered with then.
 *
 * @throws InputError that names the answers that are lacking
 */
export function renderAgain(
  release: Release,
  { answers, portalUrl }: RenderedWith,
): TemplateFile[] {
  return renderGoldenPath(release, {
    answers: answersOf(release, { recorded: answers }),
    portalUrl,
  });
}

function answersOf(
  { answers, template, version }: Release,
  options: {
    recorded: JsonObject;
    migrations?: Migration[];
    given?: JsonObject;
  },
): JsonObject {
  const known = {
    ...migrateAnswers(options.migrations ?? [], options.recorded),
    ...options.given,
  };
  const entries = Object.entries(answers).map(
    ([name, source]): [string, JsonValue | undefined] => {
      if (source.kind === 'fixed') return [name, source.value];
      return [name, known[name] ?? source.default];
    },
  );
  const lacking = entries.filter(([, value]) => value === undefined);
  if (lacking.length > 0) {
    throw new InputError(
      `${template} ${version} asks what this repository never answered: ${lacking
        .map(([name]) => name)
        .join(', ')}. Give the answers with the upgrade.`,
    );
  }
  return Object.fromEntries(entries);
}
