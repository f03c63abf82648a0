import type { Entity } from '@backstage/catalog-model';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPortal } from '../__testUtils__/portal';
import { dryRunOf } from '../__testUtils__/scaffolder';

const templateRef = 'template:default/node-service';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'template-'));
  mkdirSync(path.join(folder, 'skeleton', 'node_modules'), { recursive: true });
  writeFileSync(path.join(folder, 'template.yaml'), 'kind: Template\n');
  writeFileSync(path.join(folder, 'skeleton', 'README.md'), '# ${{ name }}\n');
  writeFileSync(path.join(folder, 'skeleton', 'node_modules', 'x.js'), '');
  symlinkSync('/etc/hostname', path.join(folder, 'skeleton', 'elsewhere'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function template(location?: string): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'node-service',
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location':
          location ?? `file:${path.join(folder, 'template.yaml')}`,
      },
    },
    spec: {
      type: 'service',
      owner: 'group:default/developer-platform',
      parameters: [],
      steps: [
        { id: 'fetch', name: 'Write', action: 'fetch:template', input: {} },
        { id: 'look', action: 'catalog:fetch', input: {} },
        { name: 'Publish', action: 'repository:publish', input: {} },
        { id: 'undo', if: '${{ failure() }}', action: 'repository:discard' },
      ],
      output: { links: [{ url: '${{ steps.publish.output.url }}' }] },
    },
  };
}

function start(options: Parameters<typeof startPortal>[0] = {}) {
  return startPortal({
    entities: [template()],
    catalogFile: path.join(folder, 'template.yaml'),
    ...options,
  });
}

describe('POST /previews', () => {
  it('shows the files in order, with those that are no text left empty', async () => {
    const portal = await start({
      scaffolder: dryRunOf({
        'src/main.ts': 'start();\n',
        'README.md': '# Bücher\n',
        'logo.png': Buffer.from([0x89, 0x50, 0x00, 0xff]),
        'latin.txt': Buffer.from([0xe9]),
        'large.txt': 'x'.repeat(256 * 1024 + 1),
      }),
    });
    const { status, body } = await portal.createPreview({
      templateRef,
      values: { name: 'books' },
    });
    expect(status).toBe(200);
    expect(body.files).toEqual([
      { path: 'README.md', size: 10, content: '# Bücher\n' },
      { path: 'large.txt', size: 262145, content: null },
      { path: 'latin.txt', size: 1, content: null },
      { path: 'logo.png', size: 4, content: null },
      { path: 'src/main.ts', size: 9, content: 'start();\n' },
    ]);
    expect(body.omittedFiles).toBe(0);
  });

  it('runs the steps that write files, and says what is left for later', async () => {
    const portal = await start();
    const { body } = await portal.createPreview({ templateRef, values: {} });
    expect(
      portal.asked[0].body.template.spec.steps.map(({ action }) => action),
    ).toEqual(['fetch:template']);
    expect(portal.asked[0].body.template.spec).toMatchObject({ output: {} });
    expect(body.log).toEqual([
      { stepId: 'fetch', status: 'completed', message: 'Finished step Write' },
      {
        stepId: 'look',
        status: 'skipped',
        message: 'look (catalog:fetch) runs only when you create',
      },
      {
        stepId: 'step-3',
        status: 'skipped',
        message: 'Publish (repository:publish) runs only when you create',
      },
    ]);
  });

  it('hands over the files of the folder only, as the portal itself', async () => {
    const portal = await start();
    await portal.createPreview({ templateRef, values: { name: 'books' } });
    const [{ authorization, body }] = portal.asked;
    expect(body.values).toEqual({ name: 'books' });
    expect(body.directoryContents).toEqual([
      {
        path: 'skeleton/README.md',
        base64Content: Buffer.from('# ${{ name }}\n').toString('base64'),
      },
      {
        path: 'template.yaml',
        base64Content: Buffer.from('kind: Template\n').toString('base64'),
      },
    ]);
    expect(authorization).toContain('plugin:golden-paths');
    expect(authorization).not.toContain('amara');
  });

  it('lists at most 500 files and says how many more there are', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 503 }, (_, index) => [`${1000 + index}.txt`, 'x']),
    );
    const portal = await start({ scaffolder: dryRunOf(files) });
    const { body } = await portal.createPreview({ templateRef, values: {} });
    expect(body.files).toHaveLength(500);
    expect(body.omittedFiles).toBe(3);
  });

  it('sends no more than 2 MiB of text', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `${index}.txt`,
        'x'.repeat(256 * 1024),
      ]),
    );
    const portal = await start({ scaffolder: dryRunOf(files) });
    const { body } = await portal.createPreview({ templateRef, values: {} });
    const sent = body.files.map((file: { content: string | null }) =>
      Boolean(file.content),
    );
    expect(sent).toEqual([...Array(8).fill(true), false]);
  });

  it('names each value that does not fit', async () => {
    const portal = await start({
      scaffolder: {
        status: 400,
        body: {
          errors: [
            { property: 'instance.name', message: 'is too short' },
            { property: 'instance', message: 'requires property "owner"' },
          ],
        },
      },
    });
    const { status, body } = await portal.createPreview({
      templateRef,
      values: {},
    });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'The values do not fit the form: name is too short; requires property "owner"',
    );
  });

  it('says whose template it is that cannot be rendered', async () => {
    const portal = await start({
      scaffolder: {
        status: 500,
        body: { error: { message: 'unexpected token' } },
      },
    });
    const { status, body } = await portal.createPreview({
      templateRef,
      values: {},
    });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'template:default/node-service cannot be rendered: unexpected token. group:default/developer-platform can repair it.',
    );
  });

  it('tells a busy scaffolder from a faulty template', async () => {
    const portal = await start({ scaffolder: { status: 429, body: {} } });
    const response = await portal.createPreview({ templateRef, values: {} });
    expect(response.status).toBe(503);
  });

  it('knows only templates of the catalog', async () => {
    const portal = await start();
    const { status, body } = await portal.createPreview({
      templateRef: 'template:default/nothing',
      values: {},
    });
    expect(status).toBe(404);
    expect(body.error.message).toContain('template:default/nothing');
    expect(portal.asked).toEqual([]);
  });

  it('takes no template from the caller', async () => {
    const portal = await start();
    const response = await portal.createPreview({
      templateRef,
      values: {},
      template: template(),
    });
    expect(response.status).toBe(400);
    expect(portal.asked).toEqual([]);
  });

  it.each([
    [{ templateRef, values: 3 }],
    [{ values: {} }],
    [{ templateRef: '::/', values: {} }],
    [{ templateRef: '', values: {} }],
  ])('refuses %j', async body => {
    const portal = await start();
    expect((await portal.createPreview(body)).status).toBe(400);
  });

  it('reads no folder that the configuration does not name', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'other-'));
    const portal = await start({
      entities: [template(`file:${path.join(other, 'template.yaml')}`)],
    });
    const response = await portal.createPreview({ templateRef, values: {} });
    rmSync(other, { recursive: true });
    expect(response.status).toBe(403);
    expect(portal.asked).toEqual([]);
  });

  it('refuses a template that is too large to send', async () => {
    writeFileSync(
      path.join(folder, 'skeleton', 'film.mov'),
      Buffer.alloc(6 * 1024 * 1024),
    );
    const portal = await start();
    const { status, body } = await portal.createPreview({
      templateRef,
      values: {},
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('too large to preview');
  });

  it('says so when the source is gone', async () => {
    const portal = await start();
    rmSync(folder, { recursive: true });
    const { status, body } = await portal.createPreview({
      templateRef,
      values: {},
    });
    mkdirSync(folder);
    expect(status).toBe(503);
    expect(body.error.message).toBe(
      'The files of template:default/node-service cannot be read from its source. Try again in a moment; if it stays so, tell its owner.',
    );
  });

  it.each(['golden-paths.preview.create', 'scaffolder.task.create'])(
    'takes the permission %s',
    async permission => {
      const portal = await start({ denied: [permission] });
      const { status, body } = await portal.createPreview({
        templateRef,
        values: {},
      });
      expect(status).toBe(403);
      expect(body.error.message).toBe(
        `You may not preview a template: that takes ${permission}`,
      );
      expect(portal.asked).toEqual([]);
    },
  );
});
