import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { symlink } from 'node:fs/promises';
import { CatalogFolders } from './CatalogFolders';
import { FilePlaceholderProcessor } from './FilePlaceholderProcessor';

const directory = createMockDirectory();

function apiWith(definition: unknown): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name: 'orders-api' },
    spec: { type: 'openapi', definition },
  } as Entity;
}

async function fill(
  definition: unknown,
  location = {
    type: 'file',
    target: directory.resolve('catalog/apis/orders.yaml'),
  },
) {
  const config = new ConfigReader({
    catalog: {
      locations: [
        { type: 'url', target: 'https://git.example/catalog-info.yaml' },
        { type: 'file', target: directory.resolve('catalog/all.yaml') },
      ],
    },
  });
  const processor = new FilePlaceholderProcessor({
    folders: CatalogFolders.fromConfig(config),
  });
  const emit = jest.fn();
  const entity = await processor.preProcessEntity(
    apiWith(definition),
    location,
    emit,
  );
  return { definition: entity.spec?.definition, emit };
}

describe('FilePlaceholderProcessor', () => {
  beforeEach(() => {
    directory.setContent({
      catalog: {
        'all.yaml': '',
        apis: {
          'orders.yaml': '',
          'openapi.yaml': 'openapi: 3.1.0\n',
          'openapi.json': '{"openapi":"3.1.0"}',
          'broken.json': '{"openapi":',
        },
      },
      'secrets.txt': 'not for the catalog',
    });
  });

  it('puts the text of a neighbouring file in its place and follows its changes', async () => {
    const { definition, emit } = await fill({ $text: './openapi.yaml' });

    expect(definition).toBe('openapi: 3.1.0\n');
    expect(emit).toHaveBeenCalledWith({
      type: 'refresh',
      key: `file:${directory.resolve('catalog/apis/openapi.yaml')}`,
    });
  });

  it.each([
    ['$yaml', './openapi.yaml'],
    ['$json', '../apis/openapi.json'],
  ])('parses %s, also deep inside the entity', async (key, file) => {
    const { definition } = await fill({ parts: [{ [key]: file }] });

    expect(definition).toEqual({ parts: [{ openapi: '3.1.0' }] });
  });

  it.each([
    ['a URL', { $text: 'https://git.example/openapi.yaml' }],
    ['an absolute path', { $text: '/etc/hostname' }],
    ['a key of another language', { $ref: './openapi.yaml' }],
    ['an object with more keys', { $text: './openapi.yaml', title: 'Orders' }],
  ])('leaves %s to the catalog', async (_, definition) => {
    expect((await fill(definition)).definition).toEqual(definition);
  });

  it('leaves entities behind a URL to the catalog', async () => {
    const definition = { $text: './openapi.yaml' };
    const location = {
      type: 'url',
      target: 'https://git.example/catalog-info.yaml',
    };

    expect((await fill(definition, location)).definition).toEqual(definition);
  });

  it('refuses files outside the configured folders, also through a link', async () => {
    await symlink(
      directory.resolve('secrets.txt'),
      directory.resolve('catalog/apis/link.txt'),
    );

    for (const file of ['../../secrets.txt', './link.txt']) {
      await expect(fill({ $text: file })).rejects.toThrow(
        /lies outside the folders of the configured catalog files/,
      );
    }
  });

  it('says which file of which entity file is missing', async () => {
    await expect(fill({ $text: './missing.yaml' })).rejects.toThrow(
      /\.\/missing\.yaml in .*orders\.yaml could not be read/,
    );
  });

  it('says which file cannot be parsed', async () => {
    await expect(fill({ $json: './broken.json' })).rejects.toThrow(
      /\.\/broken\.json in .*orders\.yaml could not be parsed/,
    );
  });
});
