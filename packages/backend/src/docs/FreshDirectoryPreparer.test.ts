import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FreshDirectoryPreparer } from './FreshDirectoryPreparer';

const directory = createMockDirectory();
// Copies go to the system's folder for such things, which is not to be filled.
createMockDirectory({ mockOsTmpDir: true });

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders' },
};

function preparer(etag = '') {
  return new FreshDirectoryPreparer({
    shouldCleanPreparedDirectory: () => false,
    prepare: async () => ({ preparedDir: directory.path, etag }),
  });
}

describe('FreshDirectoryPreparer', () => {
  beforeEach(() => {
    directory.setContent({
      'mkdocs.yml': 'site_name: Orders',
      docs: { 'index.md': '# Orders', deep: { 'runbook.md': '# Runbook' } },
      'notes.txt': 'not documentation',
    });
  });

  it('says that unchanged docs need no build', async () => {
    const { etag } = await preparer().prepare(entity);

    expect(etag).not.toBe('');
    await expect(preparer().prepare(entity, { etag })).rejects.toThrow(
      expect.objectContaining({ name: 'NotModifiedError' }),
    );
  });

  it.each([
    ['a changed page', { 'docs/deep/runbook.md': '# Another runbook' }],
    ['a new page', { 'docs/states.md': '' }],
    ['a changed configuration', { 'mkdocs.yml': 'site_name: All orders' }],
  ])('has docs with %s built again', async (_, change) => {
    const { etag } = await preparer().prepare(entity);
    directory.addContent(change);

    const again = await preparer().prepare(entity, { etag });

    expect(again.etag).not.toBe(etag);
  });

  it('hands over a copy of the docs and of nothing else', async () => {
    directory.addContent({ 'README.md': '# Readme', 'docs.txt': '' });
    await symlink('/etc/hostname', directory.resolve('docs/host.md'));

    const { preparedDir } = await preparer().prepare(entity);

    expect(preparedDir).not.toBe(directory.path);
    expect((await readdir(preparedDir)).sort()).toEqual([
      'README.md',
      'docs',
      'mkdocs.yml',
    ]);
    expect((await readdir(join(preparedDir, 'docs'))).sort()).toEqual([
      'deep',
      'index.md',
    ]);
    expect(
      await readFile(join(preparedDir, 'docs/deep/runbook.md'), 'utf8'),
    ).toBe('# Runbook');
  });

  it('finds the pages where MkDocs is told to look, and never outside', async () => {
    directory.addContent({
      'mkdocs.yml': 'docs_dir: handbook # all of it',
      handbook: { 'index.md': '# Handbook' },
    });
    const inside = await preparer().prepare(entity);
    expect(await readdir(inside.preparedDir)).toEqual([
      'handbook',
      'mkdocs.yml',
    ]);

    directory.addContent({ 'mkdocs.yml': 'docs_dir: ../..' });
    const outside = await preparer().prepare(entity);
    expect(await readdir(outside.preparedDir)).toEqual(['docs', 'mkdocs.yml']);
  });

  it('does not mind files that are no documentation', async () => {
    const { etag } = await preparer().prepare(entity);
    directory.addContent({ 'notes.txt': 'something else entirely' });

    await expect(preparer().prepare(entity, { etag })).rejects.toThrow(
      'did not change',
    );
  });

  it('leaves docs behind a URL to their own etag', async () => {
    const prepared = await preparer('abc').prepare(entity, { etag: 'abc' });

    expect(prepared.etag).toBe('abc');
  });
});
