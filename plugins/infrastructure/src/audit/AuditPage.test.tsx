import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeRequest } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { AuditPage } from './AuditPage';

const { id } = fakeRequest();

describe('the audit trail', () => {
  it('is read part by part, in the order things were done', async () => {
    const listAudit = jest.fn(async () => ({
      items: [
        {
          number: 7,
          at: '2026-03-01T10:00:00Z',
          action: 'request.created',
          by: 'user:default/amara',
          request: id,
          detail: {
            offering: 'postgres-database',
            decision: {
              verdict: 'approval',
              estimate: { low: 5.75, high: 5.75, lines: [] },
              rules: [
                { rule: 'production-approval' },
                { rule: 'production-approval' },
              ],
            },
          },
          hash: 'b'.repeat(64),
          previousHash: 'a'.repeat(64),
        },
      ],
      more: true,
    }));
    const { container } = renderPage(<AuditPage />, {
      address: `/?request=${id}&resource=nonsense`,
      infrastructure: { listAudit },
    });
    expect(await screen.findByText('Request created')).toBeVisible();
    expect(screen.getByText('Offering: postgres-database')).toBeVisible();
    expect(
      screen.getByText(
        'People have to approve it; $5.75 a month; by production-approval',
      ),
    ).toBeVisible();
    const record = screen.getByText(/"verdict": "approval"/);
    expect(record).not.toBeVisible();
    await userEvent.click(screen.getByText('The record as it is kept'));
    expect(record).toBeVisible();
    expect(screen.getByRole('link', { name: 'Request' })).toHaveAttribute(
      'href',
      `/infrastructure/requests/${id}`,
    );
    expect(listAudit).toHaveBeenCalledWith(
      { request: id, after: 0, limit: 100 },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(() =>
      expect(listAudit).toHaveBeenLastCalledWith(
        { request: id, after: 7, limit: 100 },
        expect.anything(),
      ),
    );
  });

  it('is looked through by day, by what was done and by who did it', async () => {
    const listAudit = jest.fn(async () => ({ items: [], more: false }));
    renderPage(<AuditPage />, {
      address: '/?from=2026-03-01&by=user:default/amara&after=7',
      infrastructure: { listAudit },
    });
    expect(await screen.findByLabelText('From')).toHaveValue('2026-03-01');
    expect(listAudit).toHaveBeenLastCalledWith(
      {
        from: '2026-03-01T00:00:00.000Z',
        by: 'user:default/amara',
        after: 7,
        limit: 100,
      },
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('button', { name: /What/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Request denied' }),
    );
    // Another question begins at its beginning.
    await waitFor(() =>
      expect(listAudit).toHaveBeenLastCalledWith(
        {
          from: '2026-03-01T00:00:00.000Z',
          by: 'user:default/amara',
          action: 'request.denied',
          after: 0,
          limit: 100,
        },
        expect.anything(),
      ),
    );
    expect(
      screen.getByText('Nothing was done yet that is like that.'),
    ).toBeVisible();
  });
});
