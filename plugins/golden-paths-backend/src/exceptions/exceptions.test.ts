import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { NewException } from '@waymark/plugin-golden-paths-common';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from '../__testUtils__/FleetBench';
import { exceptionRights, Ownership } from '../fleet/Ownership';
import { SupportNotices } from '../fleet/SupportNotices';
import { AuthorizedExceptions } from './AuthorizedExceptions';
import { ExceptionNotices } from './ExceptionNotices';

jest.setTimeout(120_000);

const bench = new FleetBench();
const priya = { credentials: mockCredentials.user('user:default/priya') };
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const offPath: NewException = {
  entityRef: 'component:default/old-paper',
  kind: 'golden-path',
  reason: 'It is replaced in spring.',
  until: inDays(30),
};
const offVersion: NewException = {
  ...offPath,
  entityRef: 'component:default/blue-paper',
  kind: 'version',
};

/** One service on a golden path, and one on none. */
async function setUp() {
  await bench.begin();
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  await bench.scaffold('old-paper');
  const portal = await bench.open();
  await portal.reader.refresh();
  return portal;
}

/** The day comes on which it ends, and passes. */
async function pass(id: string) {
  await bench
    .knex('exceptions')
    .where({ id })
    .update({ until: inDays(-1) });
}

describe('from golden paths', () => {
  it('takes a service out of the count once it is granted, and until its day', async () => {
    const { exceptions, fleet } = await setUp();
    const counted = async () => (await fleet.summary()).coverage;
    await expect(counted()).resolves.toMatchObject({ services: 2, exempt: 0 });

    const { id } = await exceptions.ask(offPath, caller);
    await expect(counted()).resolves.toMatchObject({ services: 2, exempt: 0 });
    await expect(fleet.summary()).resolves.toMatchObject({
      exceptions: { holding: 0, waiting: 1 },
    });
    await expect(
      exceptions.decide(
        id,
        { verdict: 'grant', until: inDays(7), comment: 'Until then.' },
        priya,
      ),
    ).resolves.toMatchObject({
      state: 'granted',
      until: inDays(7),
      decidedBy: 'user:default/priya',
      comment: 'Until then.',
    });
    await expect(counted()).resolves.toMatchObject({
      services: 1,
      onGoldenPath: 1,
      exempt: 1,
      share: 1,
    });

    await pass(id);
    await expect(counted()).resolves.toMatchObject({ services: 2, exempt: 0 });
    await expect(exceptions.find(id)).resolves.toMatchObject({
      state: 'expired',
    });
    await expect(exceptions.ask(offPath, caller)).resolves.toMatchObject({
      state: 'pending',
    });
  });

  it('ends when somebody ends it', async () => {
    const { exceptions, fleet } = await setUp();
    const { id } = await exceptions.ask(offPath, caller);
    await exceptions.decide(id, { verdict: 'grant' }, priya);
    await expect(exceptions.end(id, caller)).resolves.toMatchObject({
      state: 'revoked',
      endedBy: 'user:default/amara',
    });
    await expect(fleet.summary()).resolves.toMatchObject({
      coverage: { services: 2, exempt: 0 },
    });
    await expect(exceptions.end(id, caller)).rejects.toThrow(
      'The exception is revoked',
    );
  });
});

describe('from a version', () => {
  it('is shown with the component, spares it notices and campaigns', async () => {
    const { exceptions, fleet, campaigns, services, releases, exceptionStore } =
      await setUp();
    await bench.publish(releaseOf('1.1.0', { 'a.txt': 'two\n' }));
    await bench.publish(releaseOf('1.2.0', { 'a.txt': 'three\n' }));
    const { id } = await exceptions.ask(offVersion, caller);
    await exceptions.decide(id, { verdict: 'grant' }, priya);
    await expect(fleet.find(offVersion.entityRef)).resolves.toMatchObject({
      exception: { id, until: offVersion.until },
      support: { state: 'deprecated' },
    });
    await expect(
      campaigns.start({ title: 'Everybody', template }, caller),
    ).rejects.toThrow('has an exception');

    const sent: NotificationSendOptions[] = [];
    const notices = SupportNotices.create({
      store: services,
      exceptions: exceptionStore,
      releases,
      notifications: { send: async notice => void sent.push(notice) },
      logger: mockServices.logger.mock(),
    });
    await notices.look();
    expect(sent).toEqual([]);
    await pass(id);
    await notices.look();
    expect(sent).toHaveLength(1);
    await expect(
      campaigns.start({ title: 'Everybody', template }, caller),
    ).resolves.toMatchObject({ progress: { total: 1 } });
  });
});

describe('what is refused', () => {
  it.each([
    ['a day that is past', { ...offPath, until: inDays(-1) }, /until must be/],
    ['a day too far off', { ...offPath, until: inDays(200) }, /until must be/],
    ['no day', { ...offPath, until: '2026-02-31' }, /until must be a day/],
    [
      'a component that nobody knows',
      { ...offPath, entityRef: 'component:default/nothing' },
      /knows no service component:default\/nothing/,
    ],
    [
      'an exception from a version that is not required',
      { ...offPath, kind: 'version' as const },
      /is on no golden path, so no version is required/,
    ],
    [
      'an exception from what is kept',
      { ...offVersion, kind: 'golden-path' as const },
      /needs no exception from golden paths/,
    ],
  ])('%s', async (_, wanted, message) => {
    const { exceptions } = await setUp();
    await expect(exceptions.ask(wanted, caller)).rejects.toThrow(message);
  });

  it('a second one, one own decision, a later day, and deciding twice', async () => {
    const { exceptions } = await setUp();
    const { id } = await exceptions.ask(offPath, caller);
    await expect(exceptions.ask(offPath, caller)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await expect(
      exceptions.decide(id, { verdict: 'grant' }, caller),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      exceptions.decide(id, { verdict: 'grant', until: inDays(60) }, priya),
    ).rejects.toThrow(/which was asked for, or a sooner day/);
    await exceptions.decide(id, { verdict: 'refuse' }, priya);
    await expect(
      exceptions.decide(id, { verdict: 'grant' }, priya),
    ).rejects.toThrow('The exception is refused');
  });

  it('of two decisions at once, one', async () => {
    const { exceptions } = await setUp();
    const { id } = await exceptions.ask(offPath, caller);
    const decided = await Promise.allSettled([
      exceptions.decide(id, { verdict: 'grant' }, priya),
      exceptions.decide(id, { verdict: 'refuse' }, priya),
    ]);
    expect(decided.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });
});

it('tells who decides, who asked, and a week before the end who owns it, each once', async () => {
  const { exceptions, exceptionStore } = await setUp();
  const sent: NotificationSendOptions[] = [];
  let works = false;
  const notices = ExceptionNotices.create({
    store: exceptionStore,
    deciders: ['group:default/platform'],
    notifications: {
      async send(notice) {
        if (!works) throw new Error('not now');
        sent.push(notice);
      },
    },
    logger: mockServices.logger.mock(),
  });
  const told = async () => {
    sent.length = 0;
    await notices.look();
    await notices.look();
    return sent.map(({ recipients, payload }) => [
      recipients.type === 'entity' && recipients.entityRef,
      payload.title,
    ]);
  };
  const { id } = await exceptions.ask(offPath, caller);
  await expect(told()).resolves.toEqual([]);
  works = true;
  await expect(told()).resolves.toEqual([
    [
      ['group:default/platform'],
      'An exception from golden paths for old-paper waits for you',
    ],
  ]);
  await exceptions.decide(id, { verdict: 'grant' }, priya);
  await expect(told()).resolves.toEqual([
    [
      ['user:default/amara'],
      'The exception from golden paths for old-paper was granted',
    ],
  ]);
  await bench
    .knex('exceptions')
    .where({ id })
    .update({ until: inDays(7) });
  await expect(told()).resolves.toEqual([
    [
      ['group:default/ledger', 'user:default/amara'],
      `The exception from golden paths for old-paper ends on ${inDays(7)}`,
    ],
  ]);
});

describe('who may', () => {
  /** Over what is there already. */
  const authorizedOver = async (group: string, denied: string[]) => {
    const { exceptions, services } = await bench.open();
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    return new AuthorizedExceptions({
      exceptions,
      permissions,
      ownership: new Ownership({
        rights: exceptionRights,
        store: services,
        catalog: catalogServiceMock(),
        permissions,
        userInfo: mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/amara',
            ownershipEntityRefs: [group],
          }),
        }),
      }),
    });
  };
  const authorized = async (group: string, denied: string[]) => {
    await setUp();
    return authorizedOver(group, denied);
  };
  const refused = { name: 'NotAllowedError' };
  /** What owners lack; that they may upgrade or not has nothing to do with it. */
  const owners = [
    'golden-paths.exception.decide',
    'golden-paths.upgrade.create',
  ];

  it('owners ask and end, others do not', async () => {
    const owner = await authorized('group:default/ledger', owners);
    const { id } = await owner.ask(offPath, caller);
    await expect(owner.find(id, caller)).resolves.toMatchObject({
      mayEnd: true,
    });
    await expect(owner.end(id, caller)).resolves.toMatchObject({
      state: 'withdrawn',
    });
    const other = await authorized('group:default/other', owners);
    await expect(other.ask(offPath, caller)).rejects.toMatchObject(refused);
  });

  it('who decides on exceptions asks for and ends those of all', async () => {
    const decider = await authorized('group:default/platform', []);
    const { id } = await decider.ask(offPath, caller);
    await expect(decider.find(id, caller)).resolves.toMatchObject({
      mayEnd: true,
    });
    await decider.end(id, caller);
  });

  it('nobody is shown that they may end what they may not ask for', async () => {
    const { exceptions } = await setUp();
    const { id } = await exceptions.ask(offPath, caller);
    const owner = await authorizedOver('group:default/ledger', [
      'golden-paths.exception.create',
    ]);
    await expect(owner.find(id, caller)).resolves.toMatchObject({
      mayEnd: false,
    });
  });

  it.each([
    ['golden-paths.exception.create', 'ask'],
    ['golden-paths.exception.decide', 'decide'],
    ['golden-paths.fleet.read', 'list'],
  ])('without %s nobody may %s', async (permission, deed) => {
    const service = await authorized('group:default/ledger', [permission]);
    const id = '7d9f0c5e-0000-4000-8000-000000000003';
    const deeds: Record<string, () => Promise<unknown>> = {
      ask: () => service.ask(offPath, caller),
      decide: () => service.decide(id, { verdict: 'grant' }, priya),
      list: () => service.list({}, caller),
    };
    await expect(deeds[deed]()).rejects.toMatchObject(refused);
  });
});
