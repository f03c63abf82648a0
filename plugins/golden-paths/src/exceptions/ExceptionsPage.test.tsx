import { screen } from '@testing-library/react';
import { renderFleet } from '../__testUtils__/renderFleet';
import { ExceptionsRoutes } from './ExceptionsRoutes';

const nothing = { listExceptions: async () => ({ items: [], total: 0 }) };

it.each([
  ['', 'Nobody has asked for an exception: every service counts.'],
  [
    '?state=granted',
    'No exception is like that. Change or clear a filter above.',
  ],
  [
    '?owner=group:default/ledger',
    'No exception is like that. Change or clear a filter above.',
  ],
])('says why it is empty at %j', async (query, message) => {
  renderFleet(<ExceptionsRoutes />, {
    address: `/golden-paths/exceptions${query}`,
    mountPath: '/golden-paths/exceptions/*',
    fleet: nothing,
  });
  expect(await screen.findByText(message)).toBeVisible();
});
