import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import { StandInsPage } from './StandInsPage';

describe('stand-ins', () => {
  it('are listed with their periods, and ended', async () => {
    const endDelegation = jest.fn();
    const { container } = renderPage(<StandInsPage />, {
      guardrails: {
        listDelegations: async () => [
          {
            id: 'd',
            by: 'user:default/amara',
            to: 'user:default/tomas',
            from: '2026-03-01',
            until: '2026-03-14',
            reason: 'Away',
            state: 'holds',
            may: { end: true },
          },
        ],
        endDelegation,
      },
    });
    expect(await screen.findByText('1 Mar 2026')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    // Nobody is chosen yet.
    expect(screen.getByRole('button', { name: 'Name them' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'End it' }));
    await waitFor(() =>
      expect(endDelegation).toHaveBeenCalledWith('d', {
        key: expect.any(String),
      }),
    );
  });
});
