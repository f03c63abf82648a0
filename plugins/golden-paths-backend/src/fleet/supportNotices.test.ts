import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { FleetBench, releaseOf, template } from '../__testUtils__/FleetBench';
import { monthsAfter, noticeMonths } from '../releases/support';
import { SupportNotices } from './SupportNotices';

jest.setTimeout(120_000);

const bench = new FleetBench();
const today = new Date();
const day = (date: Date) => date.toISOString().slice(0, 10);
const daysAgo = (days: number) => new Date(today.getTime() - days * 86_400_000);

/** One repository, two lines of versions behind, and what its owner is sent. */
async function setUp() {
  await bench.begin();
  const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  await bench.publish(releaseOf('1.1.0', { 'a.txt': 'two\n' }));
  await bench.publish(releaseOf('1.2.0', { 'a.txt': 'three\n' }));
  const portal = await bench.open();
  await portal.reader.refresh();
  const sent: NotificationSendOptions[] = [];
  const notices = SupportNotices.create({
    store: portal.services,
    exceptions: portal.exceptionStore,
    releases: portal.releases,
    notifications: { send: async notice => void sent.push(notice) },
    logger: mockServices.logger.mock(),
  });
  return { notices, sent };
}

const deprecate = (on: Date) =>
  bench
    .knex('templates')
    .where({ template })
    .update({ deprecated_on: day(on) });

it('tells the owner the last day, once', async () => {
  const { notices, sent } = await setUp();
  await notices.look();
  await notices.look();
  expect(sent).toEqual([
    {
      recipients: { type: 'entity', entityRef: 'group:default/ledger' },
      payload: expect.objectContaining({
        title: `blue-paper is on paper 1.0.0, which is supported until ${monthsAfter(
          today,
          noticeMonths,
        )}`,
        link: '/catalog/default/component/blue-paper/golden-path',
        severity: 'normal',
      }),
    },
  ]);
});

it('tells it again when the day comes nearer, and not when it goes off', async () => {
  const { notices, sent } = await setUp();
  await notices.look();
  await deprecate(daysAgo(60));
  await notices.look();
  await notices.look();
  expect(sent.map(({ payload }) => payload.title)).toEqual([
    expect.stringContaining(monthsAfter(today, noticeMonths)),
    expect.stringContaining(monthsAfter(daysAgo(60), noticeMonths)),
  ]);

  await deprecate(daysAgo(30));
  await notices.look();
  expect(sent).toHaveLength(2);
});

it('tells whoever owns it since', async () => {
  const { notices, sent } = await setUp();
  await notices.look();
  await bench.knex('services').update({ owner: 'group:default/checkout' });
  await notices.look();
  await notices.look();
  expect(sent.map(({ recipients }) => recipients)).toEqual([
    { type: 'entity', entityRef: 'group:default/ledger' },
    { type: 'entity', entityRef: 'group:default/checkout' },
  ]);
});

it('tells nobody twice of what was told before days were noted', async () => {
  const { notices, sent } = await setUp();
  await bench.knex('services').update({ told_version: '1.0.0' });
  await notices.look();
  expect(sent).toEqual([]);
});
