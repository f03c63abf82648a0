import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeDeployment, fakeIncident } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { IncidentsPage } from './IncidentsPage';

const unlinked = fakeIncident({
  unlinkedReason: 'No deployment in the 24 h before',
});
const resolved = fakeIncident({
  id: '4',
  title: 'Search is slow',
  resolvedAt: '2026-03-10T14:30:00Z',
  link: {
    deployment: '7',
    name: 'v2.1.0',
    evidence: 'window',
    confidence: 'low',
    reason: 'It began 14 min later.',
  },
});

function open(correctIncident = jest.fn(async () => unlinked)) {
  renderPage(<IncidentsPage />, {
    dora: {
      listIncidents: async () => ({ items: [unlinked, resolved], total: 2 }),
      listDeployments: async () => ({
        items: [fakeDeployment(), fakeDeployment({ id: '6', title: 'v2.0.0' })],
        total: 2,
      }),
      correctIncident,
    },
  });
  return correctIncident;
}

async function correct(name: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: `Correct the cause of ${name}` }),
  );
  return within(
    await screen.findByRole('dialog', { name: `Cause of ${name}` }),
  );
}

describe('IncidentsPage', () => {
  it('says what caused each, how that is known and how surely, or why nothing did', async () => {
    open();
    const open3 = within(await screen.findByRole('row', { name: /time out/ }));
    expect(open3.getByText('Open')).toBeVisible();
    expect(open3.getByText('No deployment in the 24 h before')).toBeVisible();
    const done = within(screen.getByRole('row', { name: /Search is slow/ }));
    expect(done.getByText('Resolved in 1.5 h')).toBeVisible();
    expect(done.getByRole('link', { name: 'v2.1.0' })).toBeVisible();
    expect(
      done.getByText(
        /It followed shortly after \(a guess\)\. It began 14 min later/,
      ),
    ).toBeVisible();
  });

  it('links an incident to the deployment that a person chooses', async () => {
    const correctIncident = open();
    const dialog = await correct('Payments time out');
    await userEvent.click(dialog.getByRole('button', { name: /Deployment/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /^v2\.0\.0/ }),
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'It said so in the log',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Correct it' }));
    expect(await dialog.findByText(/^Corrected\./)).toBeVisible();
    expect(correctIncident).toHaveBeenCalledWith('3', {
      cause: { deployment: '6' },
      reason: 'It said so in the log',
    });
  });

  it('says that no deployment of ours caused it', async () => {
    const correctIncident = open();
    const dialog = await correct('Search is slow');
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'The network was down',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Correct it' }));
    expect(await dialog.findByText(/^Corrected\./)).toBeVisible();
    expect(correctIncident).toHaveBeenCalledWith('4', {
      cause: null,
      reason: 'The network was down',
    });
  });

  it('wants to know which deployment it was', async () => {
    const correctIncident = open();
    const dialog = await correct('Payments time out');
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'I saw it',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Correct it' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Choose the deployment that caused it',
    );
    expect(correctIncident).not.toHaveBeenCalled();
  });
});
