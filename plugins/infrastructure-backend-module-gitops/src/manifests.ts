import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Order } from '@waymark/plugin-infrastructure-node';
import fs from 'node:fs';
import path from 'node:path';
import {
  isMap,
  isScalar,
  parse,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { z } from 'zod';
import { asAnnotations, asLabels } from './labels';

const settingsShape = z.strictObject({
  module: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/),
  version: z.string().optional(),
  repository: z.string(),
});

/** What an offering says to this engine. */
export type OfferingSettings = z.infer<typeof settingsShape>;

/** @throws InputError */
export function readSettings(settings: JsonObject): OfferingSettings {
  const read = settingsShape.safeParse(settings);
  if (read.success) return read.data;
  throw new InputError(
    `The offering's settings for the engine gitops are not right: ${z.prettifyError(
      read.error,
    )}`,
  );
}

/** Manifests with words in `${…}`, and what the resource gives. */
export type Module = {
  name: string;
  /** Name of the file, and the text in it. */
  manifests: { file: string; text: string }[];
  outputs: Record<string, string>;
};

/**
 * Reads the module that an offering wants.
 *
 * @throws InputError when it is not there, or is another version
 */
export function readModule(folder: string, settings: OfferingSettings): Module {
  const { module: name, version } = settings;
  const manifests = path.join(folder, name, 'manifests');
  if (!fs.existsSync(manifests)) {
    throw new InputError(
      `The offering wants the manifests of the module "${name}", which are not in ${manifests}`,
    );
  }
  const textOf = (file: string) =>
    fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  const found = textOf(path.join(folder, name, 'VERSION'))?.trim();
  if (version && version !== found) {
    throw new InputError(
      `The offering wants version ${version} of the module "${name}", and ${folder} holds ${
        found ?? 'none that says its version'
      }`,
    );
  }
  return {
    name,
    manifests: fs
      .readdirSync(manifests)
      .filter(file => /^[a-z0-9][a-z0-9-]*\.ya?ml$/.test(file))
      .sort()
      .map(file => ({
        file,
        text: fs.readFileSync(path.join(manifests, file), 'utf8'),
      })),
    outputs: z
      .record(z.string(), z.string())
      .parse(parse(textOf(path.join(folder, name, 'outputs.yaml')) ?? '{}')),
  };
}

type Values = Record<string, JsonValue | undefined>;

/** What the words of a manifest stand for. */
export function valuesOf({ resource, parameters, tags }: Order): Values {
  return {
    ...parameters,
    name: resource.name,
    environment: resource.environment,
    owner: resource.owner.replace(/^.*\//, ''),
    resourceId: resource.id,
    requestId: tags['request-id'],
    tags,
    tagLabels: asLabels(tags),
    tagAnnotations: asAnnotations(tags),
  };
}

function valueOf(values: Values, word: string, file: string): JsonValue {
  const value = Object.hasOwn(values, word) ? values[word] : undefined;
  if (value !== undefined) return value;
  throw new InputError(
    `${file} uses \${${word}}, which is neither a parameter of the offering nor one of name, environment, owner, resourceId, requestId, tags, tagLabels and tagAnnotations`,
  );
}

const word = /\$\{([A-Za-z][A-Za-z0-9]*)\}/g;
const wordAlone = /^\$\{([A-Za-z][A-Za-z0-9]*)\}$/;

function fill(text: string, values: Values, file: string): string {
  return text.replace(word, (_, name: string) => {
    const value = valueOf(values, name, file);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** The word that a value is, when it is nothing else and not quoted. */
const wordIn = (node: unknown): string | undefined =>
  isScalar(node) && node.type === 'PLAIN' && typeof node.value === 'string'
    ? wordAlone.exec(node.value)?.[1]
    : undefined;

/** Puts what a word after `<<:` holds beside what the map says itself, which goes first. */
function merge(
  map: YAMLMap,
  valueFor: (name: string) => Node,
  file: string,
): void {
  const index = map.items.findIndex(
    ({ key }) => isScalar(key) && key.value === '<<',
  );
  const name = wordIn(map.items[index]?.value);
  if (!name) return;
  const value = valueFor(name);
  if (!isMap(value)) {
    throw new InputError(
      `${file} has "<<: \${${name}}", and ${name} is no map that could be merged`,
    );
  }
  map.items.splice(index, 1);
  map.items.push(
    ...value.items.filter(
      ({ key }) => !map.has(isScalar(key) ? key.value : key),
    ),
  );
}

/**
 * Puts values in the place of words, in what was parsed: no value can become
 * more than a value. A word that stands alone and is not quoted becomes its
 * value, whatever that is; after `<<:` that is merged; elsewhere words become
 * text.
 */
function fillIn(document: Document, values: Values, file: string): void {
  // Values may hold what looks like words, and are not filled in again.
  const done = new Set<Scalar>();
  const valueFor = (name: string) => {
    const value = document.createNode(valueOf(values, name, file)) as Node;
    visit(value, { Scalar: (_, inner) => void done.add(inner) });
    return value;
  };
  visit(document, {
    Map: (_, map) => merge(map, valueFor, file),
    Scalar: (_, node) => {
      if (typeof node.value !== 'string' || done.has(node)) return undefined;
      const alone = wordIn(node);
      if (alone) return valueFor(alone);
      node.value = fill(node.value, values, file);
      return undefined;
    },
  });
}

function render(text: string, values: Values, file: string): string {
  return parseAllDocuments(text)
    .map(document => {
      const [error] = document.errors;
      if (error) throw new InputError(`${file} is not YAML: ${error.message}`);
      fillIn(document as Document, values, file);
      return document.toString({ lineWidth: 0 });
    })
    .join('');
}

/** The first line of all that is made for a resource: it is changed by the portal for that resource alone. */
export const markOf = (resourceId: string) =>
  `# Waymark made this for the resource ${resourceId}. Changes made here count as drift.\n`;

/** The resource that a file was made for; undefined for one of somebody else. */
export const markedIn = (text: string) =>
  /^# Waymark made this for the resource (\S+)\. /.exec(text)?.[1];

/** The manifests of a resource, by name of the file. */
export function manifestsOf(module: Module, order: Order): Map<string, string> {
  const values = valuesOf(order);
  return new Map(
    module.manifests.map(({ file, text }) => [
      file,
      markOf(order.resource.id) +
        render(text, values, `${module.name}/manifests/${file}`),
    ]),
  );
}

/** What the resource gives. */
export function outputsOf(
  module: Module,
  order: Order,
): Record<string, string> {
  const values = valuesOf(order);
  return Object.fromEntries(
    Object.entries(module.outputs).map(([name, text]) => [
      name,
      fill(text, values, `${module.name}/outputs.yaml`),
    ]),
  );
}

/** What rules look at: the manifests as they are, not as they are written. */
export function objectsIn(text: string): JsonObject[] {
  return parseAllDocuments(text).map(document => document.toJS());
}
