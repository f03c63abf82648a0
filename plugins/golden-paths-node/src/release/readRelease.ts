import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import { valid } from 'semver';
import { z } from 'zod';
import type { Layer } from '../render/combineLayers';
import type { TemplateFile } from '../render/TemplateFile';
import { readMigrations } from '../upgrade/Migration';
import type { AnswerSource, Release } from './Release';

/** The annotation by which a template says its version. */
export const versionAnnotation = 'waymark.io/template-version';
const renderAction = 'golden-path:render';

const step = z.object({
  action: z.literal(renderAction),
  input: z.object({
    layers: z.array(z.string()).default([]),
    skeleton: z
      .string()
      .regex(
        /^\.\/[\w-]+$/,
        'is a folder beside the template, such as ./skeleton',
      )
      .default('./skeleton'),
    answers: z.record(z.string(), z.json()),
    constants: z.record(z.string(), z.json()).default({}),
  }),
});

/** Whether a template renders a golden path, so that what it makes can be upgraded. */
export function isGoldenPath(template: Entity): boolean {
  return renderStepOf(template) !== undefined;
}

/**
 * Reads a release out of a template's folder.
 *
 * @param options.files - the folder of the template
 * @param options.readLayer - reads what golden paths share, by name
 * @throws InputError that says what keeps it from being rendered again later
 */
export async function readRelease(options: {
  template: Entity;
  files: TemplateFile[];
  readLayer: (name: string) => Promise<Layer>;
}): Promise<Release> {
  const { template, files, readLayer } = options;
  const ref = stringifyEntityRef(template);
  const version = template.metadata.annotations?.[versionAnnotation];
  if (!version || !valid(version)) {
    throw new InputError(
      `${ref} does not say its version: the annotation ${versionAnnotation} holds a semantic version`,
    );
  }
  const parsed = step.safeParse(renderStepOf(template));
  if (!parsed.success) {
    throw new InputError(
      `The step ${renderAction} of ${ref} cannot be repeated later: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  const { layers, skeleton, answers, constants } = parsed.data.input;
  if (JSON.stringify(constants).includes('${{')) {
    throw new InputError(
      `The constants of ${ref} hold an expression. What follows from the form belongs to the answers, which a repository remembers.`,
    );
  }
  const folder = `${skeleton.slice(2)}/`;
  return {
    template: ref,
    version,
    constants,
    layers: await Promise.all(layers.map(readLayer)),
    skeleton: files
      .filter(({ path }) => path.startsWith(folder))
      .map(file => ({ ...file, path: file.path.slice(folder.length) })),
    answers: answerSources(template, answers),
    migrations: readMigrations(files),
    changelog:
      files
        .find(({ path }) => path === 'CHANGELOG.md')
        ?.content.toString('utf8') ?? '',
  };
}

function renderStepOf(template: Entity): JsonValue | undefined {
  const steps = template.spec?.steps;
  return Array.isArray(steps)
    ? steps.find(entry => isObject(entry) && entry.action === renderAction)
    : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function answerSources(
  template: Entity,
  answers: JsonObject,
): Release['answers'] {
  const fields = fieldsOf(template.spec?.parameters);
  return Object.fromEntries(
    Object.entries(answers).flatMap(
      ([name, value]): [string, AnswerSource][] => {
        if (value === undefined) return [];
        if (typeof value !== 'string' || !value.includes('${{')) {
          return [[name, { kind: 'fixed', value }]];
        }
        const [, field] =
          /^\$\{\{\s*parameters\.(\w+)\s*\}\}$/.exec(value) ?? [];
        return [
          [
            name,
            {
              kind: 'form',
              field: field ?? name,
              // Of an expression that is more than a field, nobody knows the default.
              default: field ? fields.get(field) : undefined,
            },
          ],
        ];
      },
    ),
  );
}

/** The fields of a form with their defaults, wherever they stand in it. */
function fieldsOf(form: JsonValue | undefined): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  const visit = (value: JsonValue | undefined) => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    if (isObject(value.properties)) {
      for (const [name, field] of Object.entries(value.properties)) {
        if (isObject(field) && field.default !== undefined) {
          found.set(name, field.default);
        }
      }
    }
    Object.values(value).forEach(visit);
  };
  visit(form);
  return found;
}
