import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { RememberedDecisions } from './RememberedDecisions';

const read = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});
const create = createPermission({
  name: 'catalog.entity.create',
  attributes: { action: 'create' },
});
const amara = { credentials: mockCredentials.user('user:default/amara') };
const sofia = { credentials: mockCredentials.user('user:default/sofia') };

function setUp() {
  const permissions = {
    authorize: jest.fn<
      ReturnType<PermissionsService['authorize']>,
      Parameters<PermissionsService['authorize']>
    >(async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    ),
    authorizeConditional: jest.fn<
      ReturnType<PermissionsService['authorizeConditional']>,
      Parameters<PermissionsService['authorizeConditional']>
    >(async requests => requests.map(() => ({ result: AuthorizeResult.DENY }))),
  };
  const remembered = new RememberedDecisions({
    auth: mockServices.auth(),
    permissions,
  });
  return { permissions, remembered };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('RememberedDecisions', () => {
  it('asks once for a person and a permission, also when asked at once', async () => {
    const { permissions, remembered } = setUp();
    const asked = await Promise.all([
      remembered.authorizeConditional([{ permission: read }], amara),
      remembered.authorizeConditional([{ permission: read }], amara),
    ]);
    expect(asked).toEqual([
      [{ result: AuthorizeResult.DENY }],
      [{ result: AuthorizeResult.DENY }],
    ]);
    await remembered.authorize([{ permission: create }], amara);
    expect(await remembered.authorize([{ permission: create }], amara)).toEqual(
      [{ result: AuthorizeResult.ALLOW }],
    );
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(1);
    expect(permissions.authorize).toHaveBeenCalledTimes(1);
  });

  it('never gives the answer of another person', async () => {
    const { permissions, remembered } = setUp();
    await remembered.authorizeConditional([{ permission: read }], amara);
    permissions.authorizeConditional.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    expect(
      await remembered.authorizeConditional([{ permission: read }], sofia),
    ).toEqual([{ result: AuthorizeResult.ALLOW }]);
  });

  it('feels a change after ten seconds', async () => {
    const { permissions, remembered } = setUp();
    await remembered.authorizeConditional([{ permission: read }], amara);
    permissions.authorizeConditional.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    jest.advanceTimersByTime(9_999);
    expect(
      await remembered.authorizeConditional([{ permission: read }], amara),
    ).toEqual([{ result: AuthorizeResult.DENY }]);
    jest.advanceTimersByTime(1);
    expect(
      await remembered.authorizeConditional([{ permission: read }], amara),
    ).toEqual([{ result: AuthorizeResult.ALLOW }]);
  });

  it('keeps no failure', async () => {
    const { permissions, remembered } = setUp();
    permissions.authorizeConditional.mockRejectedValueOnce(new Error('away'));
    await expect(
      remembered.authorizeConditional([{ permission: read }], amara),
    ).rejects.toThrow('away');
    expect(
      await remembered.authorizeConditional([{ permission: read }], amara),
    ).toEqual([{ result: AuthorizeResult.DENY }]);
  });

  it('decides about a single resource each time', async () => {
    const { permissions, remembered } = setUp();
    const request = {
      permission: read,
      resourceRef: 'component:default/payments-gateway',
    };
    await remembered.authorize([request], amara);
    await remembered.authorize([request, { permission: create }], amara);
    expect(permissions.authorize).toHaveBeenCalledTimes(2);
  });

  it('keeps nothing of services', async () => {
    const { permissions, remembered } = setUp();
    const service = { credentials: mockCredentials.service() };
    await remembered.authorizeConditional([{ permission: read }], service);
    await remembered.authorizeConditional([{ permission: read }], service);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);
  });
});
