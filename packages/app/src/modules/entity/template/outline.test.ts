import type { Entity } from '@backstage/catalog-model';
import { outlineOf } from './outline';

function template(spec: Entity['spec']): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'service' },
    spec,
  };
}

describe('outlineOf', () => {
  it('reads what a template asks and does', () => {
    const outline = outlineOf(
      template({
        parameters: [
          {
            title: 'The service',
            properties: {
              name: { title: 'Name', description: 'Names the repository.' },
              port: {},
              preview: { title: 'Files', type: 'null' },
            },
          },
        ],
        steps: [
          { id: 'fetch', name: 'Write the files' },
          { id: 'publish' },
          { id: 'undo', name: 'Undo', if: '${{ failure() }}' },
        ],
      }),
    );

    expect(outline).toEqual({
      asks: [
        { title: 'Name', description: 'Names the repository.' },
        { title: 'port', description: undefined },
      ],
      does: ['Write the files', 'publish'],
    });
  });

  it('takes a single page of parameters, and templates that say nothing', () => {
    expect(
      outlineOf(template({ parameters: { properties: { name: {} } } })).asks,
    ).toEqual([{ title: 'name', description: undefined }]);
    expect(outlineOf(template(undefined))).toEqual({ asks: [], does: [] });
  });
});
