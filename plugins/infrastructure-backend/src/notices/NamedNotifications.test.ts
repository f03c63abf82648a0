import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { NamedNotifications } from './NamedNotifications';

const entity = (kind: string, name: string, more: object) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  ...more,
});
const known = catalogServiceMock({
  entities: [
    entity('User', 'amara', {
      spec: { profile: { displayName: 'Amara Okafor' } },
    }),
    entity('Group', 'ledger', {
      metadata: { name: 'ledger', namespace: 'default', title: 'Ledger' },
    }),
  ],
});

async function told(
  title: string,
  description?: string,
  catalog: Pick<typeof known, 'getEntitiesByRefs'> = known,
) {
  const send = jest.fn();
  await new NamedNotifications({
    notifications: { send },
    catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
  }).send({
    recipients: { type: 'entity', entityRef: 'user:default/jonas' },
    payload: { title, description, severity: 'high' },
  });
  expect(send).toHaveBeenCalledWith(
    expect.objectContaining({
      recipients: { type: 'entity', entityRef: 'user:default/jonas' },
      payload: expect.objectContaining({ severity: 'high' }),
    }),
  );
  const [[{ payload }]] = send.mock.calls;
  return [payload.title, payload.description];
}

it('calls everybody by the name in the catalog', async () => {
  expect(
    await told(
      'user:default/amara commented',
      'group:default/ledger and user:default/amara.',
    ),
  ).toEqual(['Amara Okafor commented', 'Ledger and Amara Okafor.']);
});

it('asks nobody where nobody is named', async () => {
  const getEntitiesByRefs = jest.fn();
  expect(await told('It is done', undefined, { getEntitiesByRefs })).toEqual([
    'It is done',
    undefined,
  ]);
  expect(getEntitiesByRefs).not.toHaveBeenCalled();
});

it('calls strangers by their id, and tells also while the catalog is away', async () => {
  expect((await told('user:default/gone asks'))[0]).toBe('gone asks');
  const away = jest.fn().mockRejectedValue(new Error('away'));
  expect(
    (
      await told('user:default/amara asks', undefined, {
        getEntitiesByRefs: away,
      })
    )[0],
  ).toBe('amara asks');
});
