import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeAnomaly, fakeAnomalyPart } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import type { CostsApi } from '../api/CostsApi';
import { AnomaliesPage } from './AnomaliesPage';

const show = (costs: Partial<CostsApi> = {}, address = '/costs/anomalies') =>
  renderPage(<AnomaliesPage />, {
    address,
    costs: {
      listAnomalies: async () => ({ items: [fakeAnomaly()], total: 1 }),
      ...costs,
    },
  });

describe('AnomaliesPage', () => {
  it('lists what stood out, beside what was to be expected', async () => {
    const { container } = show();
    const table = within(
      await screen.findByRole('table', { name: 'Anomalies' }),
    );
    expect(table.getByText('9 Oct 2026 to 11 Oct 2026')).toBeVisible();
    expect(table.getByText('$40.00')).toBeVisible();
    expect(table.getByText('+$4,220')).toBeVisible();
    expect(table.getByText('Nobody explained it')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens with its causes, and is explained with a reason', async () => {
    const judgeAnomaly = jest.fn(
      async (id: string): Promise<ReturnType<typeof fakeAnomaly>> =>
        fakeAnomaly({ id }),
    );
    show({ judgeAnomaly });
    await userEvent.click(
      await screen.findByRole('link', { name: 'AWS Data Transfer' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByRole('table', { name: 'What caused it' }),
    ).toBeVisible();
    const explain = dialog.getByRole('button', { name: 'Explain it' });
    expect(explain).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Why it was so' }),
      'A job read the lake',
    );
    await userEvent.click(explain);
    expect(judgeAnomaly).toHaveBeenCalledWith(fakeAnomaly().id, {
      verdict: 'explained',
      reason: 'A job read the lake',
    });
  });

  it('says who explained it, and offers no verdict to those who may not', async () => {
    show(
      {
        getAnomaly: async id =>
          fakeAnomaly({
            id,
            parts: [
              fakeAnomalyPart({
                verdict: 'muted',
                reason: 'It is being moved',
                mutedUntil: '2026-12-01',
                judgedBy: 'user:default/jonas',
                judgedAt: '2026-11-01T08:00:00Z',
              }),
            ],
            mayJudge: false,
          }),
      },
      `/costs/anomalies?anomaly=${fakeAnomaly().id}`,
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/“It is being moved”/)).toBeVisible();
    expect(dialog.getByText(/muted until 1 Dec 2026/)).toBeVisible();
    expect(dialog.queryByRole('button', { name: 'Explain it' })).toBeNull();
  });

  it('shows what stood out together as one, with the verdict on all of it', async () => {
    const together = fakeAnomaly({
      parts: [
        fakeAnomalyPart(),
        fakeAnomalyPart({
          id: '6b1f0f5e-1c39-4a53-8f40-9d5f3a7c2b11',
          service: 'Amazon S3',
          title: 'Shop',
          groupRef: 'group:default/shop',
          verdict: 'explained',
          reason: 'The launch',
        }),
      ],
    });
    const { container } = show({
      listAnomalies: async () => ({ items: [together], total: 1 }),
      getAnomaly: async () => together,
    });
    await userEvent.click(
      await screen.findByRole('link', { name: 'AWS Data Transfer and 1 more' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const parts = within(
      await dialog.findByRole('table', { name: 'What stood out together' }),
    );
    expect(parts.getByText('Amazon S3')).toBeVisible();
    expect(parts.getByText('Explained')).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Mute these services for 30 days' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that nothing stands out, and from when a service is judged', async () => {
    show({ listAnomalies: async () => ({ items: [], total: 0 }) });
    expect(
      await screen.findByText(/five weeks of it are billed/),
    ).toBeVisible();
  });
});
