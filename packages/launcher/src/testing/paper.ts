import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * A golden path of a single page, which tests raise from version to version:
 * those of the product have one current version only.
 */
export const paper = 'template:default/paper';

const template = ({ version, deprecatedOn }: Omit<Paper, 'page'>) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'paper',
    title: 'Paper',
    annotations: {
      'waymark.io/template-version': version,
      ...(deprecatedOn && {
        'waymark.io/deprecated-on': deprecatedOn,
        'waymark.io/replaced-by': 'template:default/node-service',
      }),
    },
  },
  spec: {
    type: 'documentation',
    owner: 'group:default/developer-platform',
    parameters: {
      required: ['name', 'owner'],
      properties: {
        name: { title: 'Name', type: 'string' },
        owner: { title: 'Owner', type: 'string' },
      },
    },
    steps: [
      {
        id: 'render',
        action: 'golden-path:render',
        input: {
          answers: {
            name: '${{ parameters.name }}',
            owner: '${{ parameters.owner }}',
          },
        },
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
  owner: \${{ values.owner }}
`;

/** One version of the template, and all that stands on its page. */
export type Paper = {
  version: string;
  page: string;
  /** The day from which it is given up for services in Node.js, as `2026-12-01`. */
  deprecatedOn?: string;
};

const templateIn = (folder: string) => path.join(folder, 'template.yaml');
const pageIn = (folder: string) => path.join(folder, 'skeleton', 'page.txt');

/**
 * Writes the template into a folder. JSON is YAML too.
 *
 * @returns where the catalog finds it
 */
export async function writePaper(
  folder: string,
  { page, ...about }: Paper,
): Promise<string> {
  await fs.mkdir(path.join(folder, 'skeleton'), { recursive: true });
  await fs.writeFile(
    path.join(folder, 'skeleton', 'catalog-info.yaml.njk'),
    catalogInfo,
  );
  await fs.writeFile(pageIn(folder), page);
  await fs.writeFile(
    path.join(folder, 'CHANGELOG.md'),
    `## ${about.version}\n\n- Another page.\n`,
  );
  await fs.writeFile(templateIn(folder), JSON.stringify(template(about)));
  return templateIn(folder);
}

/** What was written into a folder last. */
export async function readPaper(folder: string): Promise<Paper> {
  const { metadata } = JSON.parse(
    await fs.readFile(templateIn(folder), 'utf8'),
  );
  return {
    version: metadata.annotations['waymark.io/template-version'],
    page: await fs.readFile(pageIn(folder), 'utf8'),
  };
}
