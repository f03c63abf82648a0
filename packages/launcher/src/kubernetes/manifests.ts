import path from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as it stands in a file. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  [key: string]: unknown;
};

type Model = new (manifest: Manifest) => { validate(): void };

/** The objects of a YAML text; throws where it is not YAML. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map(document => {
      if (document.errors.length) throw document.errors[0];
      return document.toJS() as Manifest | null;
    })
    .filter(manifest => manifest !== null);
}

/** Kinds that are not Kubernetes' own, by the group of their API. */
const extensions: Record<string, string> = {
  'argoproj.io': '@kubernetes-models/argo-rollouts',
  'keda.sh': '@kubernetes-models/keda',
};

function modelModule({ apiVersion }: Manifest): string {
  const [group] = apiVersion.split('/');
  return `${extensions[group] ?? 'kubernetes-models'}/${apiVersion}`;
}

/**
 * Types made from the Kubernetes API know every field there is. A manifest
 * written out as a literal of its type shows what a server with strict field
 * validation would refuse: unknown fields, wrong types, missing fields.
 */
function typeErrors(manifests: Manifest[]): string[] {
  const source = manifests
    .map((manifest, index) => {
      const type = `import('${modelModule(manifest)}').I${manifest.kind}`;
      return `export const m${index}: ${type} = ${JSON.stringify(manifest)};`;
    })
    .join('\n');
  // Not on the disk: it only has to stand where imports find the dependencies.
  const file = path.join(import.meta.dirname, 'manifests.checked.ts');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readFromDisk = host.getSourceFile;
  host.getSourceFile = (name, version) =>
    name === file
      ? ts.createSourceFile(name, source, version)
      : readFromDisk(name, version);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file: at, start }) => {
      const line =
        at && start ? at.getLineAndCharacterOfPosition(start).line : 0;
      const { kind, metadata } = manifests[line];
      const reason = ts.flattenDiagnosticMessageText(messageText, '; ');
      return `${kind} ${metadata?.name}: ${reason}`;
    });
}

/** Patterns, formats and ranges, which types cannot say. */
async function schemaErrors(manifest: Manifest): Promise<string[]> {
  const models: Record<string, Model> = await import(modelModule(manifest));
  try {
    new models[manifest.kind](manifest).validate();
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${manifest.kind} ${manifest.metadata?.name}: ${reason}`];
  }
}

/** What the Kubernetes API would not accept, without asking a cluster. */
export async function apiErrors(manifests: Manifest[]): Promise<string[]> {
  const errors = typeErrors(manifests);
  // A kind nobody knows has no schema either; the type error names it.
  if (errors.length) return errors;
  return (await Promise.all(manifests.map(schemaErrors))).flat();
}
