import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import {
  apiErrors,
  parseManifests,
  type Manifest,
} from '../kubernetes/manifests.ts';
import { checkApplications } from './applications.ts';
import type { Repository } from './step.ts';

const execute = promisify(execFile);

/** Fields of a rollout that name another object, and of what kind that is. */
const references: Record<string, string> = {
  templateName: 'AnalysisTemplate',
  activeService: 'Service',
  previewService: 'Service',
};

/** What rollouts name and nobody brings: no schema tells, and the cluster only when it rolls. */
function missingObjects(manifests: Manifest[]): string[] {
  const there = new Set(
    manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  );
  const missing: string[] = [];
  for (const rollout of manifests.filter(({ kind }) => kind === 'Rollout')) {
    JSON.stringify(rollout, (field, value) => {
      const wanted = `${references[field]} ${value}`;
      if (references[field] && !there.has(wanted)) {
        missing.push(`Rollout ${rollout.metadata.name}: there is no ${wanted}`);
      }
      return value;
    });
  }
  return missing;
}

async function build(program: string, overlay: string): Promise<Manifest[]> {
  const { stdout } = await execute(program, ['kustomize', overlay]);
  return parseManifests(stdout);
}

/** An overlay with each component of the repository in place of those that it has. */
async function withEachComponent(
  program: string,
  kubernetes: string,
  overlay: string,
): Promise<Manifest[][]> {
  const own = path.join(kubernetes, 'overlays', overlay);
  const file = 'kustomization.yaml';
  const written = parse(await fs.readFile(path.join(own, file), 'utf8'));
  if (!written.components) return [];
  const built: Manifest[][] = [];
  for (const name of await fs.readdir(path.join(kubernetes, 'components'))) {
    // Beside the overlay, because it names others by where they are from there.
    const other = path.join(kubernetes, 'overlays', `${overlay}-${name}`);
    await fs.cp(own, other, { recursive: true });
    try {
      await fs.writeFile(
        path.join(other, file),
        stringify({ ...written, components: [`../../components/${name}`] }),
      );
      built.push(await build(program, other));
    } finally {
      await fs.rm(other, { recursive: true });
    }
  }
  return built;
}

/** The Kubernetes API takes every overlay, as it is and with every component that there is to choose from. */
export async function checkManifests(
  repository: Repository,
  program: string,
): Promise<void> {
  const kubernetes = path.join(repository.folder, 'deploy', 'kubernetes');
  const sets: Manifest[][] = [];
  const overlays = await fs.readdir(path.join(kubernetes, 'overlays'));
  await checkApplications(repository, overlays);
  for (const overlay of overlays) {
    sets.push(
      await build(program, path.join(kubernetes, 'overlays', overlay)),
      ...(await withEachComponent(program, kubernetes, overlay)),
    );
  }
  assert.deepEqual(sets.flatMap(missingObjects), []);
  assert.deepEqual(await apiErrors(sets.flat()), []);
}
