import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { RememberedPeople } from './RememberedPeople';

const person = (userEntityRef: string): BackstageCredentials => ({
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef },
});
const amara = person('user:default/amara');
const sofia = person('user:default/sofia');

function setUp() {
  const getUserInfo = jest.fn(async ({ principal }: BackstageCredentials) => {
    const { userEntityRef } = principal as { userEntityRef: string };
    return { userEntityRef, ownershipEntityRefs: [userEntityRef] };
  });
  return { getUserInfo, people: new RememberedPeople({ getUserInfo }) };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('asks once for a person, also when asked at once', async () => {
  const { getUserInfo, people } = setUp();
  const [first] = await Promise.all([
    people.getUserInfo(amara),
    people.getUserInfo(amara),
  ]);
  expect(first.userEntityRef).toBe('user:default/amara');
  await people.getUserInfo(amara);
  expect(getUserInfo).toHaveBeenCalledTimes(1);
});

it('tells people apart', async () => {
  const { people } = setUp();
  await people.getUserInfo(amara);
  expect(await people.getUserInfo(sofia)).toEqual({
    userEntityRef: 'user:default/sofia',
    ownershipEntityRefs: ['user:default/sofia'],
  });
});

it('asks again when ten seconds are over, and after a failure', async () => {
  const { getUserInfo, people } = setUp();
  getUserInfo.mockRejectedValueOnce(new Error('away'));
  await expect(people.getUserInfo(amara)).rejects.toThrow('away');
  await people.getUserInfo(amara);
  jest.advanceTimersByTime(9_999);
  await people.getUserInfo(amara);
  expect(getUserInfo).toHaveBeenCalledTimes(2);
  jest.advanceTimersByTime(1);
  await people.getUserInfo(amara);
  expect(getUserInfo).toHaveBeenCalledTimes(3);
});
