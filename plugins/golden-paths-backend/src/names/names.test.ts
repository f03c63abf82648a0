import type { Entity } from '@backstage/catalog-model';
import { startPortal } from '../__testUtils__/portal';

function entity(kind: string, name: string, namespace = 'default'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace },
    spec: { owner: 'group:default/ledger' },
  };
}

describe('GET /names/{name}', () => {
  it('says that a name nobody has is available', async () => {
    const portal = await startPortal({
      entities: [entity('Component', 'other')],
    });
    const response = await portal.checkName('payments-ledger');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      name: 'payments-ledger',
      available: true,
      problems: [],
    });
  });

  it('says by what in the catalog a name is taken, and who owns it', async () => {
    const portal = await startPortal({
      entities: [entity('Component', 'payments-gateway')],
    });
    const { body } = await portal.checkName('payments-gateway');
    expect(body).toEqual({
      name: 'payments-gateway',
      available: false,
      problems: [
        {
          where: 'catalog',
          message:
            'A component named payments-gateway is in the catalog, which ledger owns.',
          entityRef: 'component:default/payments-gateway',
        },
      ],
    });
  });

  it('counts the API that would be made along with the component', async () => {
    const portal = await startPortal({
      entities: [entity('API', 'books-api')],
    });
    const { body } = await portal.checkName('books');
    expect(body.problems).toMatchObject([
      { entityRef: 'api:default/books-api' },
    ]);
  });

  it('leaves other namespaces, and kinds that no template makes, alone', async () => {
    const portal = await startPortal({
      entities: [
        entity('Component', 'books', 'archive'),
        entity('Group', 'books'),
      ],
    });
    expect((await portal.checkName('books')).body.available).toBe(true);
  });

  it('names each place where a name is taken', async () => {
    const portal = await startPortal({
      entities: [entity('Component', 'books')],
      repositories: ['books'],
    });
    const { body } = await portal.checkName('books');
    expect(body.problems.map(({ where }: { where: string }) => where)).toEqual([
      'catalog',
      'repository',
    ]);
  });

  it.each([
    'Books',
    'a',
    '-books',
    'books--and',
    'a/b',
    '../etc',
    'x'.repeat(51),
  ])('explains why %s is not a name, and asks nobody for it', async name => {
    const portal = await startPortal();
    const { status, body } = await portal.checkName(name);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      available: false,
      problems: [{ where: 'name' }],
    });
    expect(portal.exists).not.toHaveBeenCalled();
  });

  it('does not call a name free when the repository host is down', async () => {
    const portal = await startPortal({ repositories: new Error('no route') });
    const { status, body } = await portal.checkName('books');
    expect(status).toBe(503);
    expect(body.error.message).toBe(
      'The repository host does not say whether the name is free. Try again in a moment.',
    );
  });

  it('refuses those who may not ask, and those who do not say who they are', async () => {
    const portal = await startPortal({ denied: ['golden-paths.name.read'] });
    expect((await portal.checkName('books')).status).toBe(403);
    expect((await portal.anonymous()).status).toBe(401);
    expect(portal.exists).not.toHaveBeenCalled();
  });
});
