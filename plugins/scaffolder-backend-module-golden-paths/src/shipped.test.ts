import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  Layers,
  packRelease,
  parseRecord,
  readRelease,
  recordPath,
  renderAgain,
  unpackRelease,
  walkFolder,
  type TemplateFile,
} from '@waymark/plugin-golden-paths-node';
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import { createRenderAction } from './actions/createRenderAction';

const templates = path.resolve(__dirname, '../../../templates');
const definitionOf = (name: string) =>
  parse(fs.readFileSync(path.join(templates, name, 'template.yaml'), 'utf8'));
const all = fs
  .readdirSync(templates)
  .filter(name => fs.existsSync(path.join(templates, name, 'template.yaml')));
// A migration changes a repository which is there already: nothing is rendered.
const names = all.filter(name => definitionOf(name).spec.type !== 'migration');

/** Answers that people do give, and those that break what is quoted carelessly. */
const answerSets: Record<string, JsonObject> = parse(
  fs.readFileSync(path.join(templates, 'answers.yaml'), 'utf8'),
);

const workspace = createMockDirectory();
const fetched = createMockDirectory();
const portalUrl = 'https://portal.larkspur.example';
const action = createRenderAction({
  reader: mockServices.urlReader.mock(),
  integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
  layers: new Layers(path.join(templates, 'layers')),
  portalUrl,
});

/** Files of the workspace, by path. */
function written(folder = workspace.path, below = ''): Map<string, string> {
  return new Map(
    fs
      .readdirSync(path.join(folder, below), { withFileTypes: true })
      .flatMap((entry): [string, string][] => {
        const file = path.posix.join(below, entry.name);
        return entry.isDirectory()
          ? [...written(folder, file)]
          : [[file, fs.readFileSync(path.join(folder, file), 'utf8')]];
      }),
  );
}

it.each(all)(
  '%s is described, and its changelog begins with its version',
  name => {
    const folder = path.join(templates, name);
    const { metadata } = definitionOf(name);
    expect(metadata.name).toBe(name);
    const changelog = fs.readFileSync(
      path.join(folder, 'CHANGELOG.md'),
      'utf8',
    );
    expect(/^## (\S+)/m.exec(changelog)?.[1]).toBe(
      metadata.annotations['waymark.io/template-version'],
    );
    expect(fs.existsSync(path.join(folder, 'docs/index.md'))).toBe(true);
    expect(fs.existsSync(path.join(folder, 'mkdocs.yml'))).toBe(true);
  },
);

describe.each(names)('%s', name => {
  const folder = path.join(templates, name);
  const template = definitionOf(name);
  const version: string =
    template.metadata.annotations['waymark.io/template-version'];
  const step = template.spec.steps.find(
    ({ action: used }: { action: string }) => used === 'golden-path:render',
  );

  describe.each(Object.keys(answerSets))('with %s answers', set => {
    const answers = answerSets[set];
    let files: Map<string, string>;

    beforeAll(async () => {
      workspace.clear();
      await action.handler({
        ...createMockActionContext({
          input: {
            layers: step.input.layers,
            constants: step.input.constants,
            answers,
          },
          workspacePath: workspace.path,
          templateInfo: {
            entityRef: `template:default/${name}`,
            entity: { metadata: template.metadata },
            baseUrl: `file://${folder}/template.yaml`,
          },
        }),
        // The one of the mock is the workspace itself.
        createTemporaryDirectory: async () =>
          fs.promises.mkdtemp(fetched.resolve('skeleton-')),
      });
      files = written();
    });

    it('leaves no expression unrendered', () => {
      const left = [...files]
        .filter(([file]) => !file.startsWith('.github/'))
        .filter(([, text]) =>
          // The awkward description holds one of its own, which stays as it is.
          text.replaceAll('${{ values.name }}', '').includes('${{'),
        )
        .map(([file]) => file);
      expect(left).toEqual([]);
      expect([...files.keys()].filter(file => file.endsWith('.njk'))).toEqual(
        [],
      );
    });

    it('writes YAML and JSON that can be read', () => {
      const broken = [...files].flatMap(([file, text]) => {
        if (/\.ya?ml$/.test(file)) {
          return parseAllDocuments(text, { logLevel: 'silent' }).flatMap(
            ({ errors }) => errors.map(({ message }) => `${file}: ${message}`),
          );
        }
        if (!file.endsWith('.json')) return [];
        try {
          JSON.parse(text);
          return [];
        } catch (error) {
          return [`${file}: ${error}`];
        }
      });
      expect(broken).toEqual([]);
    });

    it('writes a catalog-info.yaml that says what was answered', () => {
      const validate = entityEnvelopeSchemaValidator();
      const [component, ...others] = parseAllDocuments(
        files.get('catalog-info.yaml')!,
      ).map(document => validate(document.toJS()));
      expect(component).toMatchObject({
        metadata: {
          name: answers.name,
          description: answers.description,
          annotations: {
            'waymark.io/template': name,
            'waymark.io/template-version': version,
          },
        },
        spec: { owner: answers.owner, system: answers.system },
      });
      expect(others.map(({ kind }) => kind)).toEqual(
        step.input.layers.includes('http-service') ? ['API'] : [],
      );
    });

    it('is the same when the version is rendered again from what the portal keeps', async () => {
      const ownFiles: TemplateFile[] = [];
      for await (const file of walkFolder(folder)) ownFiles.push(file);
      const layers = new Layers(path.join(templates, 'layers'));
      const release = await readRelease({
        template,
        files: ownFiles,
        readLayer: layer => layers.read(layer),
      });
      const kept = unpackRelease(packRelease(release).content);
      const again = renderAgain(kept, parseRecord(files.get(recordPath)!));
      expect(
        new Map(again.map(file => [file.path, file.content.toString('utf8')])),
      ).toEqual(files);
    });

    it('remembers the template, its version and the answers', () => {
      expect(parseRecord(files.get(recordPath)!)).toMatchObject({
        template: `template:default/${name}`,
        version,
        answers,
        portalUrl,
      });
    });

    it('leads to its pages where the portal is, with nothing left to edit', () => {
      const elsewhere = [...files].flatMap(([file, text]) =>
        [...text.matchAll(/https?:\/\/\S+\/docs\/default\/\S+/g)]
          .filter(([link]) => !link.startsWith(`${portalUrl}/docs/`))
          .map(([link]) => `${file}: ${link}`),
      );
      expect(elsewhere).toEqual([]);
      // A variable's default leads there as well.
      const everything = [...files.values()].join('');
      expect(everything).not.toContain('portal.example');
      expect(everything.includes('variable "portal_url"')).toBe(
        everything.includes(`default     = "${portalUrl}"`),
      );
    });
  });
});

it('refuses a layer that is not there, and says which are', async () => {
  const folder = path.join(templates, 'layers');
  const there = fs.readdirSync(folder).sort();
  const layers = new Layers(folder);
  await expect(layers.read('nothing')).rejects.toThrow(
    `There is no layer "nothing". There are: ${there.join(', ')}`,
  );
});

it.each(['../node-service', 'a/b', '.', ''])(
  'takes %j for no layer',
  async name => {
    const layers = new Layers(path.join(templates, 'layers'));
    await expect(layers.read(name)).rejects.toThrow(/is not the name/);
  },
);

it('documents every layer', () => {
  const docs = fs.readFileSync(
    path.resolve(templates, '../docs/how-to/add-a-golden-path.md'),
    'utf8',
  );
  const undocumented = fs
    .readdirSync(path.join(templates, 'layers'))
    .filter(layer => !docs.includes(`| \`${layer}\` `));
  expect(undocumented).toEqual([]);
});
