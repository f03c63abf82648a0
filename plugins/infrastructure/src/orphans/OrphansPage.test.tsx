import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeResource } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { OrphansPage } from './OrphansPage';

describe('the search for orphans', () => {
  it('shows what has no record with the way to adopt it, what is gone, and where nobody looked', async () => {
    const { container } = renderPage(<OrphansPage />, {
      infrastructure: {
        searchOrphans: async () => ({
          orphans: [
            {
              engine: 'postgres',
              offering: 'postgres-database',
              resourceId: 'a-lost-one',
              requestId: 'a-request',
              title: 'database lost_staging',
              existing: [{ address: 'database', id: 'lost_staging' }],
            },
          ],
          gone: [fakeResource({ name: 'vanished', state: 'drifted' })],
          searched: [
            { engine: 'postgres', offering: 'postgres-database' },
            {
              engine: 'terraform',
              offering: 's3-bucket',
              problem: 'terraform cannot search.',
            },
          ],
        }),
      },
    });
    expect(
      await screen.findByRole('link', { name: 'Adopt it' }),
    ).toHaveAttribute(
      'href',
      '/infrastructure/offerings/postgres-database/request?existing=database%3Dlost_staging&markedFor=a-lost-one',
    );
    expect(screen.getByRole('link', { name: 'vanished' })).toBeVisible();
    expect(screen.getByText('terraform cannot search.')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that nothing was found', async () => {
    renderPage(<OrphansPage />, {
      infrastructure: {
        searchOrphans: async () => ({ orphans: [], gone: [], searched: [] }),
      },
    });
    expect(await screen.findByText('Nothing was found.')).toBeVisible();
    expect(screen.getByText('Nothing is gone.')).toBeVisible();
  });
});
