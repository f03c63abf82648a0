import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeRequest, fakeResource } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { resourceAnnotation } from '@waymark/plugin-infrastructure-common';
import { ComponentCard } from './ComponentCard';
import { EntityResourceCard } from './EntityResourceCard';
import { MyApprovals } from './MyApprovals';

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'gateway', namespace: 'default' },
};

describe('the card of a component', () => {
  it('shows its resources, and asks for more with the component preset', async () => {
    const listResources = jest.fn(async () => ({
      items: [fakeResource()],
      total: 1,
    }));
    const { container } = renderPage(
      <EntityProvider entity={component}>
        <ComponentCard />
      </EntityProvider>,
      { infrastructure: { listResources } },
    );
    expect(await screen.findByRole('link', { name: 'orders' })).toBeVisible();
    expect(listResources).toHaveBeenCalledWith(
      { component: 'component:default/gateway', limit: 10, offset: 0 },
      expect.anything(),
    );
    expect(
      await screen.findByRole('link', { name: 'Request' }),
    ).toHaveAttribute(
      'href',
      '/infrastructure/offerings?component=component%3Adefault%2Fgateway',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('tells nothing requested from something wrong', async () => {
    renderPage(
      <EntityProvider entity={component}>
        <ComponentCard />
      </EntityProvider>,
      {
        infrastructure: {
          listResources: async () => ({ items: [], total: 0 }),
        },
      },
    );
    expect(await screen.findByText(/No database, bucket/)).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

it('the card of a resource says how it is', async () => {
  const resource = fakeResource({ state: 'drifted' });
  const getResource = jest.fn(async () => resource);
  renderPage(
    <EntityProvider
      entity={{
        ...component,
        kind: 'Resource',
        metadata: {
          ...component.metadata,
          annotations: { [resourceAnnotation]: resource.id },
        },
      }}
    >
      <EntityResourceCard />
    </EntityProvider>,
    { infrastructure: { getResource } },
  );
  expect(await screen.findByText('Drifted')).toBeVisible();
  expect(getResource).toHaveBeenCalledWith(resource.id, expect.anything());
});

describe('what waits for my approval', () => {
  it('is listed, and leads to all of it', async () => {
    renderPage(<MyApprovals />, {
      infrastructure: {
        listRequests: async () => ({
          items: [fakeRequest({ state: 'pendingApproval' })],
          total: 9,
        }),
      },
    });
    expect(
      await screen.findByRole('link', { name: 'All 9 requests' }),
    ).toHaveAttribute('href', '/infrastructure/requests?view=approvals');
  });

  it('may be nothing', async () => {
    renderPage(<MyApprovals />, {
      infrastructure: { listRequests: async () => ({ items: [], total: 0 }) },
    });
    expect(await screen.findByText(/No request .* waits/)).toBeVisible();
  });
});
