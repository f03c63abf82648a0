import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { member, renderFleet } from '../__testUtils__/renderFleet';
import { FleetPage } from './FleetPage';

const coverage = {
  services: 4,
  onGoldenPath: 2,
  exempt: 3,
  target: 0.8,
  share: 0.5,
};

it('shows the spread, the coverage beside what is wanted, and each repository', async () => {
  const { container } = renderFleet(<FleetPage />, {
    fleet: {
      listFleet: async () => ({ items: [member], total: 1 }),
      getSummary: async () => ({
        repositories: 1,
        current: 0,
        drifted: 1,
        unread: 0,
        versions: [
          {
            template: member.template,
            version: '1.0.0',
            support: member.support,
            repositories: 1,
          },
        ],
        owners: [
          { owner: 'group:default/ledger', repositories: 1, current: 0 },
        ],
        coverage,
        newCoverage: { services: 0, onGoldenPath: 0, exempt: 0, target: 0.8 },
        exceptions: { holding: 0, waiting: 1 },
      }),
    },
  });
  expect(
    await screen.findByText('2 of 4; 3 more with an exception'),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: /1 waits/ })).toBeVisible();
  expect(
    screen.getByText(/No service has come into the catalog since/),
  ).toBeVisible();
  expect(screen.getAllByText('Supported until 29 May 2027')).toHaveLength(2);
  expect(screen.getByText('1 of 12 files')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Blue paper' })).toHaveAttribute(
    'href',
    '/catalog/default/component/blue-paper/golden-path',
  );
  expect(await axe(container)).toHaveNoViolations();
});

it('says what to do when nothing is like the filter', async () => {
  const asked: unknown[] = [];
  renderFleet(<FleetPage />, {
    address: '/?support=deprecated&version=9.9.9&offset=x',
    fleet: {
      listFleet: async query => {
        asked.push(query);
        return { items: [], total: 0 };
      },
    },
  });
  expect(await screen.findByText(/No repository is like that/)).toBeVisible();
  expect(asked[0]).toMatchObject({
    support: 'deprecated',
    version: '9.9.9',
    offset: 0,
  });
});
