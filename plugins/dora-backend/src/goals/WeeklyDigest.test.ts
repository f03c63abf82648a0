import { mockCredentials } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { component, group, team } from '../__testUtils__/entities';
import { deployment } from '../__testUtils__/example';
import { Workbench } from '../__testUtils__/Workbench';
import { weekDue } from './WeeklyDigest';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let bench: Workbench;
let sent: NotificationSendOptions[];
const notifications = {
  send: async (notification: NotificationSendOptions) => {
    sent.push(notification);
  },
};

/** A Monday, at half past eight in Berlin. */
const monday = Date.parse('2026-03-16T07:30:00Z');
const week = { first: '2026-03-09', last: '2026-03-15', end: '2026-03-16' };

describe('the week that is due', () => {
  const berlin = { timeZone: 'Europe/Berlin', hour: 8 };

  it('is the one before, from some hour of Monday on', () => {
    expect(weekDue(monday, berlin)).toEqual(week);
    expect(weekDue(monday - 3_600_000, berlin)).toBeUndefined();
    expect(weekDue(monday + 15 * 3_600_000, berlin)).toEqual(week);
    expect(weekDue(monday + 16 * 3_600_000, berlin)).toBeUndefined();
  });

  it('is due when it is Monday in the portal’s time zone', () => {
    const auckland = { timeZone: 'Pacific/Auckland', hour: 8 };
    expect(weekDue(monday, auckland)).toEqual(week);
    expect(weekDue(monday - 13 * 3_600_000, auckland)).toBeUndefined();
    expect(weekDue(Date.parse('2026-03-15T20:30:00Z'), auckland)).toEqual(week);
  });

  it('has seven days also where the clocks change', () => {
    expect(weekDue(Date.parse('2026-03-30T07:30:00Z'), berlin)).toEqual({
      first: '2026-03-23',
      last: '2026-03-29',
      end: '2026-03-30',
    });
  });
});

describe('the digest', () => {
  const config = { timeZone: 'Europe/Berlin' };
  const deployments = (day: string, count: number, more: object = {}) =>
    Array.from({ length: count }, (_, index) =>
      deployment(`${day}-${index}`, {
        finishedAt: `${day}T1${index}:00:00Z`,
        ...more,
      }),
    );

  beforeEach(async () => {
    knex = await databases.init();
    bench = new Workbench(knex);
    sent = [];
    await bench.catalogIs([
      team('ledger', ['amara', 'jonas']),
      team('shop', ['tomas']),
      group('nobody'),
      component('payments', { owner: 'ledger' }),
      component('window', { owner: 'shop' }),
      component('attic', { owner: 'nobody' }),
    ]);
    await bench.import([
      ...deployments('2026-03-04', 5),
      ...deployments('2026-03-11', 9),
      ...deployments('2026-03-12', 5, { service: 'attic' }),
      {
        type: 'change',
        id: 'c1',
        service: 'payments',
        title: 'Retry webhooks',
        mergedAt: '2026-03-13T10:00:00Z',
        mergeSha: 'cafe',
      },
    ]);
    await bench.drain();
    await bench.goalsService().set(
      {
        entityRef: 'group:default/ledger',
        metric: 'deploymentFrequency',
        target: 1,
      },
      { credentials: mockCredentials.user() },
    );
  });

  it('tells the members of each group that delivered what changed', async () => {
    await bench.digest({ notifications, config }).send(monday);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/amara', 'user:default/jonas'],
      },
      payload: {
        title: 'ledger delivered: the week of 9 March 2026',
        link: '/dora/metrics?entityRef=group%3Adefault%2Fledger&period=custom&first=2026-03-09&last=2026-03-15',
      },
    });
    expect(sent[0].payload.description).toMatch(
      /Deployment frequency: 1.3 a day, better than 5 a week the week before/,
    );
    expect(sent[0].payload.description).toMatch(
      /Change fail rate: 0 %, as before/,
    );
    expect(sent[0].payload.description).toMatch(
      /Goals: Deployment frequency of at least 1 a day/,
    );
    expect(sent[0].payload.description).toMatch(
      /Waits longest for its deployment: "Retry webhooks" of payments, for/,
    );
  });

  it('waits until everything that came in is counted', async () => {
    const digest = bench.digest({ notifications, config });
    await bench.import(deployments('2026-03-10', 3));
    await digest.send(monday);
    expect(sent).toEqual([]);
    await bench.drain();
    await digest.send(monday);
    expect(sent).toHaveLength(1);
  });

  it('is sent once a week, however many replicas there are', async () => {
    const two = new Workbench(knex);
    await two.catalogIs([team('ledger', ['amara'])]);
    await bench.catalogIs([
      team('ledger', ['amara', 'jonas']),
      component('payments', { owner: 'ledger' }),
    ]);
    const digests = [bench, two].map(workbench =>
      workbench.digest({ notifications, config }),
    );
    await Promise.all(digests.map(digest => digest.send(monday)));
    await digests[1].send(monday + 3_600_000);
    expect(sent).toHaveLength(1);
    // A week in which nothing was deployed has something to tell: that.
    await digests[0].send(monday + 7 * 86_400_000);
    expect(sent.map(({ payload }) => payload.scope)).toEqual([
      'dora-digest-group:default/ledger-2026-03-09',
      'dora-digest-group:default/ledger-2026-03-16',
    ]);
  });

  it('is sent later when it could not be sent', async () => {
    const failing = {
      send: async () => {
        throw new Error('Nobody there');
      },
    };
    await bench.digest({ notifications: failing, config }).send(monday);
    await bench.digest({ notifications, config }).send(monday);
    expect(sent).toHaveLength(1);
  });

  it('is not sent where it is turned off, nor before its hour', async () => {
    await bench
      .digest({
        notifications,
        config: { ...config, digest: { enabled: false } },
      })
      .send(monday);
    await bench
      .digest({ notifications, config: { ...config, digest: { hour: 9 } } })
      .send(monday);
    expect(sent).toEqual([]);
  });

  it.each([24, -1, 7.5])('refuses %d as an hour', hour => {
    expect(() =>
      bench.digest({ notifications, config: { digest: { hour } } }),
    ).toThrow(/dora.digest.hour is/);
  });
});
