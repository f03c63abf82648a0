import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { FreshDirectoryPreparer } from './FreshDirectoryPreparer';

const directory = createMockDirectory();

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
    expect(again.preparedDir).toBe(directory.path);
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
