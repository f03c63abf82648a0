import { RepositorySlugProcessor } from './RepositorySlugProcessor';

const pages = {
  github: 'https://github.com/larkspur',
  gitlab: 'https://gitlab.example.com/larkspur/shop',
};
const owners = { github: 'larkspur', gitlab: 'larkspur/shop' };

async function annotationsOf(options: {
  host?: keyof typeof pages;
  kind?: string;
  name?: string;
  annotations?: Record<string, string>;
  target?: string;
  type?: string;
}) {
  const {
    host = 'github',
    kind = 'Component',
    name = 'payments-ledger',
    annotations,
    target = `${pages[host]}/payments-ledger/blob/main/catalog-info.yaml`,
    type = 'url',
  } = options;
  const processor = new RepositorySlugProcessor({
    host: {
      urlsFor: repository => ({
        repositoryUrl: `${pages[host]}/${repository.name}`,
        cloneUrl: `${pages[host]}/${repository.name}.git`,
        catalogInfoUrl: `${pages[host]}/${repository.name}/blob/${repository.defaultBranch}/catalog-info.yaml`,
      }),
    },
    settings: { host, owner: owners[host] },
  });
  const entity = await processor.preProcessEntity(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, annotations },
    },
    { type, target },
  );
  return entity.metadata.annotations;
}

describe('RepositorySlugProcessor', () => {
  it('names the repository, as the host’s webhooks do', async () => {
    await expect(
      annotationsOf({ annotations: { 'backstage.io/techdocs-ref': 'dir:.' } }),
    ).resolves.toEqual({
      'backstage.io/techdocs-ref': 'dir:.',
      'github.com/project-slug': 'larkspur/payments-ledger',
    });
    await expect(annotationsOf({ host: 'gitlab' })).resolves.toEqual({
      'gitlab.com/project-slug': 'larkspur/shop/payments-ledger',
    });
  });

  it('leaves what people wrote', async () => {
    const annotations = { 'github.com/project-slug': 'larkspur/ledger' };
    await expect(annotationsOf({ annotations })).resolves.toEqual(annotations);
  });

  it.each([
    ['of another name than its repository', { name: 'payments-worker' }],
    ['that is no component', { kind: 'API' }],
    [
      'on another host',
      { target: 'https://git.example.com/x/payments-ledger/catalog-info.yaml' },
    ],
    [
      'of another owner',
      {
        target:
          'https://github.com/elsewhere/payments-ledger/blob/main/catalog-info.yaml',
      },
    ],
    ['in a file', { type: 'file', target: '/srv/payments-ledger/a.yaml' }],
  ])('says nothing of one %s', async (_, options) => {
    await expect(annotationsOf(options)).resolves.toBeUndefined();
  });
});
