import type { CountedService } from '@waymark/plugin-golden-paths-common';
import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderFleet } from '../__testUtils__/renderFleet';
import { ServicesPage } from './ServicesPage';

const service = (
  name: string,
  about: Partial<CountedService>,
): CountedService => ({
  entityRef: `component:default/${name}`,
  title: name,
  standing: 'off',
  isNew: false,
  firstSeenAt: '2026-11-29T10:00:00Z',
  ...about,
});

it('lists services on no golden path too, and says what is wrong', async () => {
  const asked: unknown[] = [];
  const { container } = renderFleet(<ServicesPage />, {
    address: '/?isNew=true&owner=group:default/ledger&standing=nonsense',
    fleet: {
      listServices: async query => {
        asked.push(query);
        return {
          items: [
            service('by-hand', { isNew: true }),
            service('claims', {
              standing: 'unread',
              template: 'template:default/paper',
              version: '1.0.0',
              problem: 'The repository has no .golden-path.json',
            }),
          ],
          total: 2,
        };
      },
    },
  });
  expect(await screen.findByRole('cell', { name: 'On none' })).toBeVisible();
  expect(screen.getByText('paper 1.0.0')).toBeVisible();
  expect(screen.getByText(/no .golden-path.json/)).toBeVisible();
  expect(screen.getByText('29 Nov 2026')).toBeVisible();
  expect(asked[0]).toEqual({
    isNew: true,
    owner: 'group:default/ledger',
    limit: 50,
    offset: 0,
  });
  expect(await axe(container)).toHaveNoViolations();
});

it('says what to do when no service is like the filter', async () => {
  renderFleet(<ServicesPage />, {
    address: '/?standing=exempt',
    fleet: { listServices: async () => ({ items: [], total: 0 }) },
  });
  expect(await screen.findByText(/No service is like that/)).toBeVisible();
});
