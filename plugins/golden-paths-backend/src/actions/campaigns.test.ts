import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { NotAllowedError } from '@backstage/errors';
import type { Campaigns } from '../campaigns/Campaigns';
import { registerCampaignActions } from './registerCampaignActions';

const id = '0f3c1a52-6a3f-4c58-9b53-0d1d7d7a6c11';
const credentials = mockCredentials.user('user:default/amara');

function setUp() {
  const registry = actionsRegistryServiceMock();
  const campaigns: jest.Mocked<Campaigns> = {
    list: jest.fn().mockResolvedValue({ items: [{ id }], total: 1 }),
    find: jest.fn().mockResolvedValue({ id, state: 'running' }),
    start: jest.fn(),
    pause: jest.fn().mockResolvedValue({ id, state: 'paused' }),
    resume: jest.fn(),
    cancel: jest.fn(),
  };
  registerCampaignActions(registry, { campaigns });
  const invoke = (name: string, input: object) =>
    registry.invoke({
      id: `test:${name}`,
      input: input as never,
      credentials,
    });
  return { campaigns, invoke, registry };
}

it('lets programs that only read follow a campaign', async () => {
  const { campaigns, invoke, registry } = setUp();
  await expect(
    invoke('list-upgrade-campaigns', { limit: 5 }),
  ).resolves.toMatchObject({ output: { items: [{ id }], total: 1 } });
  expect(campaigns.list).toHaveBeenCalledWith({ limit: 5 }, { credentials });
  await expect(invoke('get-upgrade-campaign', { id })).resolves.toMatchObject({
    output: { campaign: { id, state: 'running' } },
  });
  expect(campaigns.find).toHaveBeenCalledWith(id, { credentials });

  const { actions } = await registry.list();
  const reading = actions.filter(({ attributes }) => attributes.readOnly);
  expect(reading.map(action => action.name).sort()).toEqual([
    'get-upgrade-campaign',
    'list-upgrade-campaigns',
  ]);
});

it('steers one, and says what came of it', async () => {
  const { campaigns, invoke } = setUp();
  await expect(
    invoke('steer-upgrade-campaign', { id, to: 'pause' }),
  ).resolves.toMatchObject({ output: { campaign: { state: 'paused' } } });
  expect(campaigns.pause).toHaveBeenCalledWith(id, { credentials });
  await expect(
    invoke('steer-upgrade-campaign', { id, to: 'look' }),
  ).rejects.toThrow();
});

it('refuses what the caller may not', async () => {
  const { campaigns, invoke } = setUp();
  campaigns.find.mockRejectedValue(new NotAllowedError('not yours'));
  await expect(invoke('get-upgrade-campaign', { id })).rejects.toThrow(
    'not yours',
  );
});
