import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CampaignRequest } from '@waymark/plugin-golden-paths-common';
import { axe } from 'jest-axe';
import { campaign, renderFleet, upgrade } from '../__testUtils__/renderFleet';
import { CampaignPage } from './CampaignPage';
import { CampaignsPage } from './CampaignsPage';

const templates = [
  {
    template: campaign.template,
    title: 'Paper',
    current: '1.1.0',
    versions: [],
  },
];

it('starts a campaign with what is usual', async () => {
  const started: CampaignRequest[] = [];
  renderFleet(<CampaignsPage />, {
    fleet: {
      listCampaigns: async () => ({ items: [campaign], total: 1 }),
      listTemplates: async () => templates,
      startCampaign: async request => {
        started.push(request);
        return campaign;
      },
    },
  });
  expect(await screen.findByText('19 of 50')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
  expect(started).toEqual([
    {
      title: 'Paper to 1.1.0',
      template: campaign.template,
      owner: undefined,
      merge: 'never',
    },
  ]);
});

it('offers no start to those who may not', async () => {
  const { permissionsKnown } = renderFleet(<CampaignsPage />, {
    isAllowed: false,
    fleet: { listCampaigns: async () => ({ items: [campaign], total: 1 }) },
  });
  expect(await screen.findByText('19 of 50')).toBeVisible();
  await permissionsKnown();
  expect(screen.queryByRole('button', { name: 'Start' })).toBeNull();
});

it('says which checks a merge waits for', async () => {
  renderFleet(<CampaignPage />, {
    mountPath: '/golden-paths/campaigns/:id',
    address: `/golden-paths/campaigns/${campaign.id}`,
    fleet: {
      getCampaign: async () => ({ ...campaign, merge: 'clean' }),
      listUpgrades: async () => ({
        items: [{ ...upgrade, checks: 'pending', checksNote: 'build, scan' }],
        total: 1,
      }),
    },
  });
  expect(
    await screen.findByText(/a proposal that waits for its checks or people/),
  ).toBeVisible();
  expect(await screen.findByText('Under way: build, scan')).toBeVisible();
});

it('shows how far it has come, and pauses', async () => {
  const steered: string[] = [];
  const { container } = renderFleet(<CampaignPage />, {
    mountPath: '/golden-paths/campaigns/:id',
    address: `/golden-paths/campaigns/${campaign.id}`,
    fleet: {
      getCampaign: async () => ({ ...campaign, leftOut: 2 }),
      listUpgrades: async () => ({
        items: [{ ...upgrade, state: 'failed', message: 'No such answer' }],
        total: 1,
      }),
      steerCampaign: async (_id, deed) => {
        steered.push(deed);
        return campaign;
      },
    },
  });
  expect(
    await screen.findByText(/30 waiting, 15 with a proposal/),
  ).toBeVisible();
  expect(await screen.findByText('No such answer')).toBeVisible();
  expect(screen.getByText(/2 repositories were left out/)).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(steered).toEqual(['pause']);
});
