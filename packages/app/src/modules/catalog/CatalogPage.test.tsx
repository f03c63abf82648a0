import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { permissionsOf } from '../../__testUtils__/permissions';
import { CatalogPage } from './CatalogPage';

const vault = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'card-vault',
    namespace: 'default',
    title: 'Card vault',
    description: 'Swaps card numbers for tokens.',
  },
  spec: { type: 'service', lifecycle: 'production' },
};

function renderCatalog(path: string, held: string[] = []) {
  const catalog = catalogApiMock.mock({
    queryEntities: jest.fn(async () => ({
      items: [vault],
      totalItems: 120,
      pageInfo: {},
    })),
    getEntityFacets: jest.fn(async () => ({ facets: { kind: [] } })),
    getEntitiesByRefs: jest.fn(async () => ({ items: [] })),
  });
  renderInTestApp(
    <TestApiProvider
      apis={[
        [catalogApiRef, catalog],
        [permissionApiRef, permissionsOf(...held)],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      ]}
    >
      <CatalogPage />
    </TestApiProvider>,
    {
      initialRouteEntries: [path],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return catalog;
}

describe('CatalogPage', () => {
  it('shows what the address asks for', async () => {
    const catalog = renderCatalog('/?filters[kind]=api&page=2');
    expect(await screen.findByText('Card vault')).toBeVisible();
    expect(catalog.queryEntities).toHaveBeenLastCalledWith(
      expect.objectContaining({
        query: { $all: [{ kind: 'api' }] },
        offset: 50,
      }),
    );
    expect(screen.getByText('51 to 100 of 120')).toBeVisible();
  });

  it('finds by a word, from the first page on', async () => {
    const catalog = renderCatalog('/?page=2');
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Find in the catalog' }),
      'vault',
    );
    await waitFor(() =>
      expect(catalog.queryEntities).toHaveBeenLastCalledWith(
        expect.objectContaining({
          fullTextFilter: expect.objectContaining({ term: 'vault' }),
          offset: 0,
        }),
      ),
    );
  });

  it('turns the page', async () => {
    const catalog = renderCatalog('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    await waitFor(() =>
      expect(catalog.queryEntities).toHaveBeenLastCalledWith(
        expect.objectContaining({ offset: 50 }),
      ),
    );
  });

  it('says why it shows nothing, and tries again', async () => {
    const catalog = renderCatalog('/');
    catalog.queryEntities.mockRejectedValueOnce(new Error('it is down'));
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(await screen.findByText('it is down')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Card vault')).toBeVisible();
  });

  it('offers to create only to those who may', async () => {
    renderCatalog('/');
    await screen.findByText('Card vault');
    expect(screen.queryByRole('link', { name: 'Create' })).toBeNull();
  });
});
