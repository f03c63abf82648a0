import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
} from '@backstage/plugin-catalog-node';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { contractPackages } from './contracts';
import portalModule from './module';

const root = path.resolve(__dirname, '../../../../..');

/** What the module puts into the catalog of a portal with this configuration. */
async function entitiesOf(environment: string): Promise<Entity[]> {
  const addEntityProvider = jest.fn();
  await startTestBackend({
    extensionPoints: [[catalogProcessingExtensionPoint, { addEntityProvider }]],
    features: [
      portalModule,
      mockServices.rootConfig.factory({
        data: {
          app: { title: 'Larkspur portal' },
          backend: { baseUrl: 'https://portal.example/' },
          waymark: {
            environment,
            permission: {
              roles: {
                'platform-engineer': 'group:default/platform, group:x/y',
              },
            },
          },
        },
      }),
    ],
  });
  const applyMutation = jest.fn();
  const provider: EntityProvider = addEntityProvider.mock.calls[0][0];
  await provider.connect({ applyMutation, refresh: jest.fn() });
  const [{ type, entities }] = applyMutation.mock.calls[0];
  expect(type).toBe('full');
  return entities.map(({ entity }: { entity: Entity }) => entity);
}

const api = (entities: Entity[], name: string) =>
  entities.find(
    ({ kind, metadata }) => kind === 'API' && metadata.name === name,
  );

describe('the portal in its own catalog', () => {
  it('is a component of whoever runs it, with its APIs', async () => {
    const entities = await entitiesOf('production');
    const apis = entities.filter(({ kind }) => kind === 'API');

    expect(apis).toHaveLength(contractPackages.length);
    expect(entities.find(({ kind }) => kind === 'Component')).toMatchObject({
      metadata: {
        name: 'waymark',
        title: 'Larkspur portal',
        annotations: {
          'backstage.io/managed-by-location': 'url:https://portal.example',
        },
      },
      spec: {
        owner: 'group:default/platform',
        providesApis: apis.map(({ metadata }) => metadata.name),
      },
    });
    expect(api(entities, 'golden-paths-api')).toMatchObject({
      metadata: {
        title: 'Golden paths API',
        annotations: {
          'backstage.io/managed-by-location':
            'url:https://portal.example/api/golden-paths/openapi.json',
        },
      },
      spec: {
        type: 'openapi',
        owner: 'group:default/platform',
        definition: fs.readFileSync(
          path.join(root, 'plugins/golden-paths-common/src/openapi.yaml'),
          'utf8',
        ),
      },
    });
    expect(api(entities, 'golden-paths-api')?.spec).not.toHaveProperty(
      'system',
    );
  });

  it('leaves the component to its catalog file in development, which provides the same APIs', async () => {
    const entities = await entitiesOf('development');
    const described: Entity = parse(
      fs.readFileSync(path.join(root, 'catalog-info.yaml'), 'utf8'),
    );

    expect(entities.map(({ kind }) => kind)).toEqual(
      contractPackages.map(() => 'API'),
    );
    expect(described.spec?.providesApis).toEqual(
      entities.map(({ metadata }) => metadata.name),
    );
    expect(api(entities, 'repositories-api')?.spec?.system).toBe(
      described.spec?.system,
    );
  });

  it('holds the document of every plugin that has one', () => {
    const plugins = path.join(root, 'plugins');
    const withDocument = fs
      .readdirSync(plugins)
      .filter(id => fs.existsSync(path.join(plugins, id, 'src/openapi.yaml')))
      .map(id => `@waymark/plugin-${id}`);

    expect([...contractPackages].sort()).toEqual(withDocument.sort());
  });
});
