import { screen } from '@testing-library/react';
import { fakeDetail, fakeIncident } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { DeploymentsRoutes } from '../deployments/DeploymentsRoutes';

// A file of its own: what a person may do is remembered for as long as a page lives.
it('offers no correction to those who may not correct', async () => {
  renderPage(<DeploymentsRoutes />, {
    mountPath: '/dora/deployments/*',
    address: '/dora/deployments/7',
    dora: {
      getDeployment: async () => fakeDetail({ incidentList: [fakeIncident()] }),
    },
    allowed: false,
  });
  expect(await screen.findByText('Payments time out')).toBeVisible();
  expect(screen.getByText('Nobody corrected it.')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Correct/ })).toBeNull();
});
