import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';

const owner = 'group:default/keepers';

/** A golden path of a single page, in two versions. */
export const paper = 'template:default/paper';

const template = (version: string) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'paper',
    title: 'Paper',
    annotations: { 'waymark.io/template-version': version },
  },
  spec: {
    type: 'documentation',
    owner,
    parameters: {
      required: ['name'],
      properties: { name: { title: 'Name', type: 'string' } },
    },
    steps: [
      {
        id: 'render',
        action: 'golden-path:render',
        input: { answers: { name: '${{ parameters.name }}' } },
      },
      {
        id: 'publish',
        action: 'repository:publish',
        input: { name: '${{ parameters.name }}', description: 'A paper' },
      },
      {
        id: 'register',
        action: 'repository:register',
        input: { name: '${{ parameters.name }}' },
      },
    ],
  },
});

const catalogInfo = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
  annotations:
    waymark.io/template: paper
    waymark.io/template-version: \${{ values.templateVersion }}
spec:
  type: service
  lifecycle: experimental
  owner: ${owner}
`;

const keepers = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'keepers' },
  spec: { type: 'team', children: [] },
};

/** Writes the template at a version. JSON is YAML too. */
export async function writePaper(
  home: string,
  version: string,
  page: string,
): Promise<void> {
  const folder = path.join(home, 'paper');
  await fs.mkdir(path.join(folder, 'skeleton'), { recursive: true });
  await fs.writeFile(
    path.join(folder, 'skeleton', 'catalog-info.yaml.njk'),
    catalogInfo,
  );
  await fs.writeFile(path.join(folder, 'skeleton', 'page.txt'), page);
  await fs.writeFile(
    path.join(folder, 'CHANGELOG.md'),
    `## ${version}\n\n- Another page.\n`,
  );
  await fs.writeFile(
    path.join(folder, 'template.yaml'),
    JSON.stringify(template(version)),
  );
}

/** Writes the first version, and says where the catalog finds it. */
export async function paperCatalog(home: string): Promise<object> {
  await writePaper(home, '1.0.0', 'one\n');
  const group = path.join(home, 'keepers.yaml');
  await fs.writeFile(group, JSON.stringify(keepers));
  const location = (target: string, kind: string) => ({
    type: 'file',
    target,
    rules: [{ allow: [kind] }],
  });
  return {
    catalog: {
      locations: [
        location(path.join(home, 'paper', 'template.yaml'), 'Template'),
        location(group, 'Group'),
      ],
    },
  };
}

/** Looks into a repository, whoever its folder belongs to. */
export function gitIn(home: string, name: string, ...args: string[]): string {
  const place = path.join(home, 'data', 'repositories', `${name}.git`);
  return execFileSync('git', ['-C', place, ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  }).trim();
}
