import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { fakeAnswer, fakeMetrics } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { EntityDeliveryCard } from './EntityDeliveryCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-gateway', namespace: 'default' },
};

function open(answer = fakeAnswer()) {
  const getMetrics = jest.fn(async () => answer);
  renderPage(
    <EntityProvider entity={entity}>
      <EntityDeliveryCard />
    </EntityProvider>,
    { dora: { getMetrics } },
  );
  return getMetrics;
}

describe('EntityDeliveryCard', () => {
  it('says the five metrics of the entity, each leading to its explanation', async () => {
    const getMetrics = open(
      fakeAnswer({
        metrics: fakeMetrics({
          changeLeadTime: { state: 'measured', value: 36_000, n: 24 },
          changeFailRate: { state: 'insufficient', value: 0.5, n: 2 },
        }),
      }),
    );
    const link = await screen.findByRole('link', { name: '10 h' });
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-gateway/delivery?explain=changeLeadTime',
    );
    expect(screen.getByText('too little to judge')).toBeVisible();
    expect(screen.getAllByText('no data')).toHaveLength(3);
    expect(getMetrics).toHaveBeenCalledWith(
      expect.objectContaining({
        entityRef: 'component:default/payments-gateway',
      }),
      expect.anything(),
    );
  });

  it('alarms nobody about a component that is new in the catalog', async () => {
    const getMetrics = jest.fn().mockRejectedValue(
      Object.assign(new Error('the catalog knows no such component'), {
        name: 'NotFoundError',
      }),
    );
    renderPage(
      <EntityProvider entity={entity}>
        <EntityDeliveryCard />
      </EntityProvider>,
      { dora: { getMetrics } },
    );
    expect(await screen.findByText('Not measured yet')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();

    getMetrics.mockResolvedValue(fakeAnswer());
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(
      await screen.findByRole('link', { name: 'Connect a delivery system' }),
    ).toBeVisible();
  });

  it('teaches where nothing is known', async () => {
    open();
    const card = within(
      await screen.findByRole('region', { name: 'Delivery' }),
    );
    expect(
      await card.findByRole('link', { name: 'Connect a delivery system' }),
    ).toHaveAttribute('href', expect.stringContaining('/docs/'));
  });
});
