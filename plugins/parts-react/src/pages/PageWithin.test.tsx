import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { PageWithin } from './PageWithin';

function renderAt(address: string) {
  renderInTestApp(<PageWithin parts={['metrics']} page={<p>The page</p>} />, {
    mountPath: '/dora/*',
    initialRouteEntries: [address],
  });
}

describe('PageWithin', () => {
  it.each(['/dora', '/dora/metrics', '/dora/metrics/more'])(
    'shows the page at %s',
    async address => {
      renderAt(address);
      expect(await screen.findByText('The page')).toBeVisible();
    },
  );

  it('says so where there is no such part', async () => {
    renderAt('/dora/nonsense');
    expect(await screen.findByText(/404|not found/i)).toBeVisible();
    expect(screen.queryByText('The page')).toBeNull();
  });
});
