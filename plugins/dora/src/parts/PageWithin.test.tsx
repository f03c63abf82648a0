import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { PageWithin } from './PageWithin';

const page = <PageWithin parts={['metrics']} page={<p>The page</p>} />;

describe('PageWithin', () => {
  it.each(['/dora', '/dora/metrics', '/dora/metrics/more'])(
    'shows the page at %s',
    async address => {
      renderPage(page, { mountPath: '/dora/*', address });
      expect(await screen.findByText('The page')).toBeVisible();
    },
  );

  it('says so where there is no such part', async () => {
    renderPage(page, { mountPath: '/dora/*', address: '/dora/nonsense' });
    expect(await screen.findByText(/404|not found/i)).toBeVisible();
    expect(screen.queryByText('The page')).toBeNull();
  });
});
