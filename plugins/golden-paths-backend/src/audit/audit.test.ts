import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Campaign, Upgrade } from '@waymark/plugin-golden-paths-common';
import type { Campaigns } from '../campaigns/Campaigns';
import type { Upgrades } from '../upgrades/Upgrades';
import { AuditedCampaigns } from './AuditedCampaigns';
import { AuditedUpgrades } from './AuditedUpgrades';

const caller = { credentials: mockCredentials.user('user:default/amara') };
const upgrade: Upgrade = {
  id: 'upgrade-1',
  entityRef: 'component:default/payments-ledger',
  repository: 'payments-ledger',
  template: 'template:default/node-service',
  from: '1.0.0',
  to: '1.1.0',
  state: 'waiting',
  askedBy: 'user:default/amara',
  askedAt: '2026-11-29T12:00:00.000Z',
  changes: [],
  conflicts: [],
};
const campaign: Campaign = {
  id: 'campaign-1',
  title: 'To 1.1.0',
  template: 'template:default/node-service',
  to: '1.1.0',
  merge: 'never',
  state: 'running',
  startedBy: 'user:default/amara',
  startedAt: '2026-11-29T12:00:00.000Z',
  leftOut: 0,
  progress: {
    total: 1,
    waiting: 1,
    running: 0,
    proposed: 0,
    merged: 0,
    failed: 0,
    cancelled: 0,
    conflicts: 0,
  },
};

function setUp() {
  const event = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: async () => event,
  });
  const plain: jest.Mocked<Upgrades> = {
    preview: jest.fn(),
    request: jest.fn().mockResolvedValue(upgrade),
    merge: jest.fn().mockResolvedValue(upgrade),
    list: jest.fn(),
    find: jest.fn(),
  };
  const many: jest.Mocked<Campaigns> = {
    list: jest.fn(),
    find: jest.fn(),
    start: jest.fn().mockResolvedValue(campaign),
    pause: jest.fn().mockResolvedValue(campaign),
    resume: jest.fn().mockResolvedValue(campaign),
    cancel: jest.fn().mockResolvedValue(campaign),
  };
  return {
    event,
    auditor,
    plain,
    many,
    upgrades: new AuditedUpgrades(plain, auditor),
    campaigns: new AuditedCampaigns(many, auditor),
  };
}

it('writes down who asked for an upgrade, and what became of it', async () => {
  const { upgrades, auditor, event } = setUp();
  const { entityRef } = upgrade;
  await expect(
    upgrades.request({ entityRef, answers: { exposure: 'internal' } }, caller),
  ).resolves.toBe(upgrade);
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'upgrade-request',
    severityLevel: 'medium',
    meta: { by: 'user:default/amara', entityRef },
  });
  expect(event.success).toHaveBeenCalledWith({
    meta: { id: 'upgrade-1', entityRef, state: 'waiting' },
  });
});

it('writes down what was refused, and says it to the caller', async () => {
  const { upgrades, plain, event } = setUp();
  const refusal = new NotAllowedError('not yours');
  plain.merge.mockRejectedValue(refusal);
  await expect(upgrades.merge('upgrade-1', caller)).rejects.toBe(refusal);
  expect(event.fail).toHaveBeenCalledWith({ error: refusal });
  expect(event.success).not.toHaveBeenCalled();
});

it.each(['pause', 'resume', 'cancel'] as const)(
  'writes down who may %s a campaign, and who may not',
  async verb => {
    const { campaigns, auditor, many, event } = setUp();
    await campaigns[verb]('campaign-1', caller);
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: `campaign-${verb}`,
      severityLevel: 'medium',
      meta: { by: 'user:default/amara', id: 'campaign-1' },
    });
    expect(event.success).toHaveBeenCalledWith({
      meta: { id: 'campaign-1', state: 'running' },
    });
    many[verb].mockRejectedValue(new ConflictError('it has ended'));
    await expect(campaigns[verb]('campaign-1', caller)).rejects.toThrow(
      'it has ended',
    );
    expect(event.fail).toHaveBeenCalled();
  },
);

it('writes down what a campaign was started with, and nothing of what is only read', async () => {
  const { campaigns, upgrades, auditor } = setUp();
  const request = { title: 'To 1.1.0', template: campaign.template };
  await campaigns.start(request, caller);
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'campaign-start',
    severityLevel: 'medium',
    meta: { by: 'user:default/amara', ...request },
  });
  await campaigns.list({}, caller);
  await campaigns.find('campaign-1', caller);
  await upgrades.list({}, caller);
  expect(auditor.createEvent).toHaveBeenCalledTimes(1);
});
