import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { paths } from '../../src/paths.ts';

const infrastructure = path.join(paths.root, 'infrastructure');

/** Where modules are, one folder each. */
export const modulesFolder = path.join(infrastructure, 'modules');

/** The part of an offering that its module has to fit. */
export type Offering = {
  metadata: { name: string };
  spec: {
    engine: {
      name: string;
      settings: { module: string; version: string };
    };
    parameters: { properties: Record<string, { description: string }> };
    outputs: { name: string }[];
  };
};

/** Every offering that is made of a module. */
export function offerings(): Offering[] {
  const folder = path.join(infrastructure, 'offerings');
  return fs
    .readdirSync(folder)
    .map(file => parse(fs.readFileSync(path.join(folder, file), 'utf8')))
    .filter((offering: Offering) => offering.spec.engine.settings.module);
}

/** Text of a file of a module; empty when it is not there. */
export function readModuleFile(module: string, ...names: string[]): string {
  const file = path.join(modulesFolder, module, ...names);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Folders with Terraform in them. */
export function terraformModules(): string[] {
  return fs
    .readdirSync(modulesFolder)
    .filter(module => readModuleFile(module, 'main.tf'));
}

function blocks(kind: string, text: string): { name: string; body: string }[] {
  const block = new RegExp(`^${kind} "(\\w+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm');
  return [...text.matchAll(block)].map(([, name, body]) => ({ name, body }));
}

/** Inputs of a module, and whether they have to be given. */
export function variablesOf(module: string) {
  return blocks('variable', readModuleFile(module, 'variables.tf')).map(
    ({ name, body }) => ({ name, needed: !/^ {2}default\b/m.test(body) }),
  );
}

export function outputsOf(module: string): string[] {
  return blocks('output', readModuleFile(module, 'outputs.tf')).map(
    ({ name }) => name,
  );
}

/** `storageGb` of a form is `storage_gb` of a module. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
