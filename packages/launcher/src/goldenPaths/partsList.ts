import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { PartsList } from './languages.ts';
import { runIn, type Repository } from './step.ts';

type Job = {
  steps?: { run?: string; with?: { sbom?: string } }[];
};

/** The pipeline has the same list made, and scans it: else what is looked at here says nothing of it. */
async function checkPipelineLists(
  { folder }: Repository,
  { list, file }: PartsList,
): Promise<void> {
  const workflow = path.join(folder, '.github', 'workflows', 'ci.yaml');
  const { jobs }: { jobs: Record<string, Job> } = parse(
    await fs.readFile(workflow, 'utf8'),
  );
  const command = [list.program, ...list.args].join(' ');
  assert.ok(
    Object.values(jobs).some(
      ({ steps = [] }) =>
        steps.some(({ run }) => run === command) &&
        steps.some(step => step.with?.sbom === file),
    ),
    `no job of ci.yaml runs \`${command}\` and scans ${file}`,
  );
}

/** Whatever is in what was built is in the list of parts, with its version: a scan sees no more than that. */
export async function checkPartsList(
  repository: Repository,
  parts: PartsList,
): Promise<void> {
  await checkPipelineLists(repository, parts);
  await runIn(repository, 'parts-list', parts.list.program, parts.list.args);
  const { components }: { components: { name: string; version: string }[] } =
    JSON.parse(
      await fs.readFile(path.join(repository.folder, parts.file), 'utf8'),
    );
  const listed = new Set(
    components.map(({ name, version }) => `${name}-${version}`),
  );
  const shipped = await parts.shipped(repository);
  assert.notEqual(shipped.length, 0, 'nothing is in what was built');
  assert.deepEqual(
    shipped.filter(part => !listed.has(part)),
    [],
    `${parts.file} does not have them`,
  );
}
