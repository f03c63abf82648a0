import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const settingsShape = z.strictObject({
  module: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/),
  version: z.string().optional(),
  /** Provider blocks of the root module, by name; expressions may use `var.<parameter>`. */
  providers: z.record(z.string(), z.custom<JsonObject>()).default({}),
});

/** A module as an offering names it. */
export type Module = {
  name: string;
  /** What its VERSION file says; undefined without one. */
  version?: string;
  folder: string;
  /** SHA-256 over its files: the same modules do the same. */
  digest: string;
  variables: string[];
  outputs: string[];
  providers: Record<string, JsonObject>;
};

/** What Terraform leaves in a folder where somebody tried the module. */
const leftovers = /^(\.terraform.*|.*\.tfstate(\..*)?)$/;

function filesIn(folder: string, below = ''): string[] {
  return fs
    .readdirSync(path.join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !leftovers.test(name))
    .flatMap(entry => {
      const name = path.join(below, entry.name);
      return entry.isDirectory() ? filesIn(folder, name) : [name];
    })
    .sort();
}

/** Names of the blocks of a kind, as the formatter of Terraform writes them. */
function blocks(kind: 'variable' | 'output', text: string): string[] {
  const block = new RegExp(`^${kind} "([a-z][a-z0-9_]*)" \\{`, 'gm');
  return [...text.matchAll(block)].map(([, name]) => name);
}

/**
 * Reads the module that an offering wants.
 *
 * @throws InputError when it is not there, or is another version
 */
export function readModule(modules: string, settings: JsonObject): Module {
  const read = settingsShape.safeParse(settings);
  if (!read.success) {
    throw new InputError(
      `The offering's settings for the engine terraform are not right: ${z.prettifyError(
        read.error,
      )}`,
    );
  }
  const { module: name, version: wanted, providers } = read.data;
  const folder = path.join(modules, name);
  if (!fs.existsSync(folder)) {
    throw new InputError(
      `The offering wants the Terraform module "${name}", which is not in ${modules}`,
    );
  }
  const files = filesIn(folder);
  const sum = createHash('sha256');
  const texts = files.map(file => {
    const content = fs.readFileSync(path.join(folder, file));
    sum.update(`${file}\0${content.length}\0`).update(content);
    return { file, text: content.toString('utf8') };
  });
  const version = texts.find(({ file }) => file === 'VERSION')?.text.trim();
  if (wanted && wanted !== version) {
    throw new InputError(
      `The offering wants version ${wanted} of the Terraform module "${name}", and ${folder} holds ${
        version ?? 'none that says its version'
      }`,
    );
  }
  const own = texts
    .filter(({ file }) => /^[^/]+\.tf$/.test(file))
    .map(({ text }) => text)
    .join('\n');
  return {
    name,
    version,
    folder,
    digest: sum.digest('hex'),
    variables: blocks('variable', own),
    outputs: blocks('output', own),
    providers,
  };
}

/** Copies a module without what was left there. */
export function copyModule(module: Module, to: string): void {
  fs.cpSync(module.folder, to, {
    recursive: true,
    filter: source => !leftovers.test(path.basename(source)),
  });
}
