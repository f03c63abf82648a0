import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { member, renderFleet } from '../__testUtils__/renderFleet';
import { FirstDeployments } from './FirstDeployments';
import { FleetPage } from './FleetPage';

const coverage = {
  services: 4,
  onGoldenPath: 2,
  exempt: 3,
  unread: 1,
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
          {
            owner: 'group:default/ledger',
            repositories: 1,
            current: 0,
            coverage,
          },
        ],
        coverage,
        newCoverage: {
          services: 0,
          onGoldenPath: 0,
          exempt: 0,
          unread: 0,
          target: 0.8,
        },
        firstDeployments: {
          deployed: 4,
          none: 2,
          unknown: 0,
          seconds: {
            shortest: 3600,
            lowerQuartile: 5400,
            median: 7200,
            upperQuartile: 12_600,
            longest: 18_000,
          },
        },
        exceptions: { holding: 0, waiting: 1 },
      }),
    },
  });
  expect(await screen.findByText('2 of 4')).toBeVisible();
  const href = (name: string) =>
    screen.getByRole('link', { name }).getAttribute('href');
  // Each share opens into what it is made of, and what it leaves out.
  expect(href('1 on none')).toBe('/golden-paths/services?standing=off');
  expect(href('1 without a record that can be read')).toBe(
    '/golden-paths/services?standing=unread',
  );
  expect(href('3 not counted, by an exception')).toBe(
    '/golden-paths/services?standing=exempt',
  );
  expect(href('1 not')).toBe('/?newest=false');
  expect(href('1 changed')).toBe('/?drift=changed');
  expect(href('50 %, 2 of 4')).toBe(
    '/golden-paths/services?owner=group:default/ledger',
  );
  expect(
    screen.getByRole('img', { name: 'paper: 1 on 1.0.0' }),
  ).toBeInTheDocument();

  expect(screen.getByText('2 h')).toBeVisible();
  expect(
    screen.getByText('1 h to 5 h; half of them between 1.5 h and 3.5 h'),
  ).toBeVisible();
  expect(href('2 not deployed yet')).toBe('/?firstDeployment=none');
  expect(screen.getByText('2 h after the form, to staging')).toBeVisible();
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

it.each([
  [undefined, 'not made by a form'],
  [{ state: 'none' as const }, 'none yet'],
  [{ state: 'unknown' as const }, 'not known'],
])('tells %j from a first deployment', async (firstDeployment, said) => {
  renderFleet(<FleetPage />, {
    address: '/?firstDeployment=none',
    fleet: {
      listFleet: async () => ({
        items: [{ ...member, firstDeployment }],
        total: 1,
      }),
    },
  });
  expect(await screen.findByRole('cell', { name: said })).toBeVisible();
});

it.each([
  [
    { deployed: 0, none: 0, unknown: 0 },
    'No repository was made by a form yet.',
  ],
  [
    { deployed: 0, none: 1, unknown: 2 },
    'Nothing that a form made is known to be deployed yet, so there is no time.',
  ],
])('says of %j that there is no time', async (value, said) => {
  const { container } = renderFleet(<FirstDeployments value={value} />, {
    fleet: {},
  });
  expect(await screen.findByText(said)).toBeVisible();
  expect(container).not.toHaveTextContent('median');
});

it('speaks of halves only where there are enough', async () => {
  const seconds = {
    shortest: 60,
    lowerQuartile: 90,
    median: 120,
    upperQuartile: 150,
    longest: 180,
  };
  renderFleet(
    <FirstDeployments value={{ deployed: 3, none: 0, unknown: 0, seconds }} />,
    { fleet: {} },
  );
  expect(await screen.findByText('1 min to 3 min')).toBeVisible();
  expect(screen.queryByText(/half of them/)).not.toBeInTheDocument();
});
