import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { ImportsPage } from '../imports/ImportsPage';
import { OverviewPage } from '../overview/OverviewPage';
import { RulesPage } from '../rules/RulesPage';

// A file of their own: what a person may do is remembered from page to page.
describe('without permission', () => {
  it('nobody is offered to hand in a bill', async () => {
    renderPage(<ImportsPage />, { allowed: false });
    expect(await screen.findByText('No file came in yet.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Hand in a bill' })).toBeNull();
  });

  it('nobody is offered to change rules', async () => {
    renderPage(<RulesPage />, { allowed: false });
    expect(
      await screen.findByText(/These hold until somebody changes them/),
    ).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('people are told that they see what their own groups spend', async () => {
    renderPage(<OverviewPage />, { allowed: false });
    expect(
      await screen.findByText(/You see what your own groups spend/),
    ).toBeVisible();
  });
});
