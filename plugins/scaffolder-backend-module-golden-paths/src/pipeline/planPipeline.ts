import { ConflictError, InputError } from '@backstage/errors';
import type { Layers } from '@waymark/plugin-golden-paths-node';
import { findParts, type FoundPart, type FoundParts } from './findParts';
import type { PartId } from './parts';
import {
  pipelinePath,
  securityPath,
  workflowPathOf,
  writePipeline,
} from './writePipeline';

/** What of a repository decides on its pipeline. */
export type RepositoryFiles = {
  defaultBranch: string;
  paths: string[];
  /** The content of those that are there. */
  read(paths: string[]): Promise<Map<string, Buffer>>;
};

/** What is added to a repository, and what is not. */
export type PipelinePlan = {
  files: Map<string, Buffer>;
  parts: FoundPart[];
  beyond: FoundParts['beyond'];
  /** Files of the repository that are other than the pipeline's, and stay so. */
  leftAlone: string[];
  /** Workflows that were there before, and go on running. */
  others: string[];
};

const checkovPath = '.checkov.yaml';

/**
 * Puts together what a repository lacks of the standard pipeline. A file that is
 * there is never written over. A workflow of the repository that has the name of
 * one of the pipeline's is not called either: nobody knows what it takes.
 *
 * @param wanted - the parts that are asked for; none for whatever is found
 * @throws InputError when nothing is found, or not what is asked for
 * @throws ConflictError when the repository has all of it already
 */
export async function planPipeline(
  repository: RepositoryFiles,
  layers: Pick<Layers, 'read'>,
  wanted: readonly PartId[],
): Promise<PipelinePlan> {
  const all = findParts(repository.paths);
  requireFound(all, wanted);
  const isWanted = ({ part }: FoundPart) =>
    wanted.length === 0 || wanted.includes(part.id);
  const parts = all.found.filter(isWanted);
  const standard = await standardFiles(layers, parts);
  const there = await repository.read([...standard.keys(), pipelinePath]);
  const differs = (path: string, content: Buffer | undefined) =>
    there.has(path) &&
    content !== undefined &&
    !there.get(path)?.equals(content);
  const leftAlone = [...standard]
    .filter(([path, content]) => differs(path, content))
    .map(([path]) => path);

  const callable = (path: string) => !leftAlone.includes(path);
  const pipeline = Buffer.from(
    writePipeline({
      parts: parts.filter(part => callable(workflowPathOf(part))),
      security: callable(securityPath),
      defaultBranch: repository.defaultBranch,
    }),
  );
  if (differs(pipelinePath, pipeline)) leftAlone.push(pipelinePath);
  const files = new Map(
    [...standard, [pipelinePath, pipeline] as const].filter(
      ([path]) => !there.has(path),
    ),
  );
  if (files.size === 0) {
    throw new ConflictError(
      `The repository has every file of the pipeline already${
        leftAlone.length
          ? `, and these are not as the pipeline has them: ${leftAlone.join(
              ', ',
            )}`
          : ''
      }. Nothing is left to add`,
    );
  }
  return {
    files,
    parts,
    beyond: all.beyond.filter(isWanted),
    leftAlone,
    others: repository.paths.filter(
      path =>
        /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) &&
        !standard.has(path) &&
        path !== pipelinePath,
    ),
  };
}

function requireFound(
  { found, beyond }: FoundParts,
  wanted: readonly PartId[],
): void {
  const has = new Set(found.map(({ part }) => part.id));
  const lacking = wanted.filter(id => !has.has(id));
  if (lacking.length > 0) {
    throw new InputError(
      `The repository holds nothing of: ${lacking.join(', ')}. It holds: ${
        [...has].join(', ') || 'nothing that the pipeline knows'
      }${beyond.length > 0 ? `. ${outOfReach(beyond)}` : ''}`,
    );
  }
  if (found.length === 0 && beyond.length > 0) {
    throw new InputError(outOfReach(beyond));
  }
  if (found.length === 0) {
    throw new InputError(
      'The repository holds nothing that the pipeline knows: no package.json, pyproject.toml, requirements.txt, go.mod, pom.xml, build.gradle, Chart.yaml or *.tf, and no Dockerfile at its root',
    );
  }
}

function outOfReach(beyond: FoundPart[]): string {
  return `What lies where the pipeline cannot reach it: ${beyond
    .map(({ part, directory }) => `${part.id} in ${directory}`)
    .join(', ')}`;
}

/** The files that the parts need, as the layers have them. */
async function standardFiles(
  layers: Pick<Layers, 'read'>,
  parts: FoundPart[],
): Promise<Map<string, Buffer>> {
  const from = new Map([
    [securityPath, 'pipeline'],
    [checkovPath, 'pipeline'],
    ...parts.map(found => [workflowPathOf(found), found.part.layer] as const),
  ]);
  const files = new Map<string, Buffer>();
  for (const name of new Set(from.values())) {
    const layer = await layers.read(name);
    for (const { path, content } of layer.files) {
      if (from.get(path) === name) files.set(path, content);
    }
  }
  return files;
}
