import type { Entity } from '@backstage/catalog-model';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  AsyncEntityProvider,
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { DefaultEntityPresentationApi } from '@backstage/plugin-catalog';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityHeader } from './EntityHeader';

const named = (kind: string, name: string, title: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { namespace: 'default', name, title },
});

const gateway: Entity = {
  ...named('Component', 'payments-gateway', 'Payments gateway'),
  spec: { type: 'service', lifecycle: 'production' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/ledger' },
    { type: 'partOf', targetRef: 'system:default/payments-core' },
  ],
};

function renderHeader() {
  const catalog = catalogApiMock({
    entities: [
      named('Group', 'ledger', 'Ledger'),
      named('System', 'payments-core', 'Payments core'),
    ],
  });
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [catalogApiRef, catalog],
        [
          entityPresentationApiRef,
          DefaultEntityPresentationApi.create({ catalogApi: catalog }),
        ],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      ]}
    >
      <AsyncEntityProvider loading={false} entity={gateway}>
        <EntityHeader tabs={[]} offers={[]} />
      </AsyncEntityProvider>
    </TestApiProvider>,
    {
      mountPath: '/catalog/:namespace/:kind/:name',
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: ['/catalog/default/component/payments-gateway'],
    },
  );
}

describe('the head of an entity’s page', () => {
  it('calls owner and system by their titles, with the way there', async () => {
    renderHeader();
    expect(await screen.findByRole('link', { name: 'Ledger' })).toHaveAttribute(
      'href',
      '/catalog/default/group/ledger',
    );
    expect(
      await screen.findByRole('link', { name: 'Payments core' }),
    ).toHaveAttribute('href', '/catalog/default/system/payments-core');
    expect(screen.getByText('production')).toBeVisible();
  });

  it('stars it, and takes the star back', async () => {
    renderHeader();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Star it' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove the star' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Star it' }),
    ).toBeVisible();
  });
});
