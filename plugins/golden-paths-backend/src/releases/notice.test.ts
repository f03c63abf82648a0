import { FleetBench, releaseOf, template } from '../__testUtils__/FleetBench';
import { ReleaseStore } from './ReleaseStore';
import { monthsAfter, noticeMonths } from './support';

jest.setTimeout(60_000);

const bench = new FleetBench();
const day = (offset: number) =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** As if the portal had looked some days ago. */
const letDaysGoBy = (days: number) =>
  bench.knex('templates').update({
    deprecation_seen_on: bench.knex.raw('deprecation_seen_on - ?::int', [days]),
  });

async function seeing(deprecated: string | null): Promise<string | null> {
  const store = new ReleaseStore(bench.knex);
  await store.putTemplates([
    {
      template,
      title: 'Paper',
      current: '1.0.0',
      deprecated_on: deprecated,
      replaced_by: null,
      problem: null,
    },
  ]);
  const [row] = await store.templates();
  return row.notice_from;
}

beforeEach(async () => {
  await bench.begin();
  await bench.publish(releaseOf('1.0.0', { 'a.txt': 'one\n' }));
});

it('is given from a day that lies ahead', async () => {
  expect(await seeing(day(30))).toBe(day(30));
});

it('is given from the day that the portal saw it, where the day lies back', async () => {
  expect(await seeing(day(-220))).toBe(day(0));
});

it('goes on while the day stays', async () => {
  await seeing(day(-220));
  await letDaysGoBy(10);
  expect(await seeing(day(-220))).toBe(day(-10));
});

it('begins anew when the day is set back', async () => {
  await seeing(day(100));
  await letDaysGoBy(50);
  expect(await seeing(day(-30))).toBe(day(0));
});

it('ends when the template is taken up again, and begins anew after that', async () => {
  await seeing(day(-5));
  await letDaysGoBy(5);
  expect(await seeing(null)).toBeNull();
  expect(await seeing(day(-5))).toBe(day(0));
});

it.each([
  ['a day that lies ahead', day(30), day(30)],
  ['the day that the portal saw it', day(-220), day(0)],
])(
  'ends the support of the template and of its versions after %s',
  async (_what, deprecated, noticeFrom) => {
    await seeing(deprecated);
    const { fleet } = await bench.open();
    const supportedUntil = monthsAfter(new Date(noticeFrom), noticeMonths);
    await expect(fleet.templates()).resolves.toMatchObject([
      {
        deprecated,
        supportedUntil,
        versions: [{ support: { state: 'deprecated', until: supportedUntil } }],
      },
    ]);
  },
);

it('ends nothing of a template that is not given up', async () => {
  const { fleet } = await bench.open();
  const [known] = await fleet.templates();
  expect(known).not.toHaveProperty('supportedUntil');
});

it('is given for a template whose first sight is its end', async () => {
  await bench.knex('templates').delete();
  expect(await seeing(day(-220))).toBe(day(0));
});
