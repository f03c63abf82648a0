import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderPage } from '../__testUtils__/renderPage';
import { StandInsPage } from './StandInsPage';

const tomas = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'tomas', namespace: 'default' },
  spec: {},
};

describe('stand-ins', () => {
  it('are named for a period, and ended', async () => {
    const delegate = jest.fn();
    const endDelegation = jest.fn();
    const { container } = renderPage(<StandInsPage />, {
      entities: [tomas],
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
        delegate,
        endDelegation,
      },
    });
    expect(await screen.findByText('1 Mar 2026')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    const name = screen.getByRole('button', { name: 'Name them' });
    expect(name).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'End it' }));
    await waitFor(() =>
      expect(endDelegation).toHaveBeenCalledWith('d', {
        key: expect.any(String),
      }),
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'Who' }));
    await userEvent.click(await screen.findByRole('option', { name: /tomas/ }));
    await userEvent.click(name);
    await waitFor(() =>
      expect(delegate).toHaveBeenCalledWith(
        {
          to: 'user:default/tomas',
          from: expect.any(String),
          until: expect.any(String),
        },
        { key: expect.any(String) },
      ),
    );
  });
});
