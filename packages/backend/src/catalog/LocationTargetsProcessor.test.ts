import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { LocationTargetsProcessor } from './LocationTargetsProcessor';

const processor = new LocationTargetsProcessor({
  integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
});

async function process(
  spec: Entity['spec'],
  location = { type: 'file', target: '/srv/catalog/all.yaml' },
  kind = 'Location',
) {
  const emit = jest.fn();
  const entity = await processor.preProcessEntity(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name: 'all' },
      spec,
    },
    location,
    emit,
  );
  return { spec: entity.spec, emitted: emit.mock.calls.map(([it]) => it) };
}

describe('LocationTargetsProcessor', () => {
  it('makes a location of each target and leaves none to be read together', async () => {
    const { spec, emitted } = await process({
      targets: ['./a.yaml', '/srv/b.yaml', './a.yaml'],
    });

    expect(emitted).toEqual([
      {
        type: 'location',
        location: {
          type: 'file',
          target: '/srv/catalog/a.yaml',
          presence: 'required',
        },
      },
      {
        type: 'location',
        location: { type: 'file', target: '/srv/b.yaml', presence: 'required' },
      },
    ]);
    expect(spec).toEqual({ targets: [] });
  });

  it('resolves targets behind a URL and keeps that they are optional', async () => {
    const { emitted } = await process(
      { presence: 'optional', targets: ['./a.yaml', '../b/c.yaml'] },
      {
        type: 'url',
        target: 'https://github.com/larkspur/all/blob/main/x/all.yaml',
      },
    );

    expect(emitted.map(({ location }) => location)).toEqual([
      {
        type: 'url',
        target: 'https://github.com/larkspur/all/tree/main/x/a.yaml',
        presence: 'optional',
      },
      {
        type: 'url',
        target: 'https://github.com/larkspur/all/tree/main/b/c.yaml',
        presence: 'optional',
      },
    ]);
  });

  it.each([
    ['a single target', { targets: ['./a.yaml'] }, 'Location'],
    ['a change of type', { type: 'url', targets: ['a', 'b'] }, 'Location'],
    ['targets that are no text', { targets: ['./a.yaml', 3] }, 'Location'],
    ['another kind', { targets: ['./a.yaml', './b.yaml'] }, 'Component'],
  ])('leaves %s to the catalog', async (_, spec, kind) => {
    const result = await process(spec, undefined, kind);

    expect(result).toEqual({ spec, emitted: [] });
  });
});
