import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { groupsOf } from './groupsOf';

const userInfo = {
  getUserInfo: async ({ principal }: BackstageCredentials) => {
    const { type } = principal as { type: string };
    if (type !== 'user') throw new Error('Only user credentials are supported');
    return {
      userEntityRef: 'user:default/amara',
      ownershipEntityRefs: ['user:default/amara', 'group:default/ledger'],
    };
  },
};

const credentials = (principal: object): BackstageCredentials => ({
  $$type: '@backstage/BackstageCredentials',
  principal,
});

it('a person is of their groups', async () => {
  const amara = { type: 'user', userEntityRef: 'user:default/amara' };
  expect(await groupsOf(userInfo, credentials(amara))).toEqual([
    'user:default/amara',
    'group:default/ledger',
  ]);
});

it.each([{ type: 'service', subject: 'external:ci' }, { type: 'none' }])(
  '%j is of none',
  async principal => {
    expect(await groupsOf(userInfo, credentials(principal))).toEqual([]);
  },
);
