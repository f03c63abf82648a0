import type {
  GroupBy,
  Metric,
  MetricsAnswer,
} from '@waymark/plugin-dora-common';
import { useDatabases } from '../__testUtils__/databases';
import { component, domain, group, system } from '../__testUtils__/entities';
import { deployment, lines } from '../__testUtils__/example';
import { startPortal, TestSource } from '../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let portal: Awaited<ReturnType<typeof startPortal>>;

const components = [
  { name: 'payments', owner: 'ledger', system: 'bank' },
  { name: 'settlement', owner: 'checkout', system: 'bank' },
  { name: 'basket', owner: 'checkout', system: 'shop' },
  { name: 'paper', owner: 'payments-group', system: 'shop' },
];
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}`;

beforeAll(async () => {
  portal = await startPortal({
    knex: await databases.init(),
    source: new TestSource(),
    denied: new Set(),
    groups: [],
    entities: [
      group('payments-group'),
      group('ledger', 'payments-group'),
      group('checkout', 'payments-group'),
      domain('money'),
      domain('cash', 'money'),
      system('bank', 'cash'),
      system('shop', 'money'),
      ...components.map(({ name, ...of }) => component(name, of)),
      component('orphan'),
    ],
  });
  await portal.import(
    lines(
      ...components.flatMap(({ name }, index) =>
        Array.from({ length: index + 2 }, (_, nth) =>
          deployment(`${name}-${nth}`, {
            service: name,
            finishedAt: `${at(6 + nth)}:00:00Z`,
            status: nth === 0 ? 'failure' : 'success',
            sha: `${name}${nth}`,
            commits: [`${name}${nth}`],
          }),
        ),
      ),
      ...components.map(({ name }) => ({
        type: 'change',
        id: name,
        service: name,
        number: '7',
        title: `Change ${name}`,
        author: 'amara',
        firstCommitAt: `${at(1)}:00:00Z`,
        openedAt: `${at(2)}:00:00Z`,
        ...(name === 'paper' ? {} : { firstReviewAt: `${at(3)}:00:00Z` }),
        mergedAt: `${at(5)}:00:00Z`,
        mergeSha: `${name}1`,
      })),
      deployment('orphan', {
        service: 'orphan',
        finishedAt: '2026-06-01T10:00:00Z',
      }),
      {
        type: 'change',
        id: 'late',
        service: 'payments',
        title: 'Not yet deployed',
        mergedAt: `${at(9)}:30:00Z`,
        mergeSha: 'feed',
        url: 'https://git.example/late',
      },
      ...[
        { id: 'unseen', openedAt: `${at(7)}:00:00Z` },
        {
          id: 'seen',
          openedAt: `${at(6)}:00:00Z`,
          firstReviewAt: `${at(8)}:00:00Z`,
        },
        {
          id: 'given up',
          openedAt: `${at(6)}:00:00Z`,
          closedAt: `${at(7)}:00:00Z`,
        },
        { id: 'before', openedAt: '2026-01-02T00:00:00Z' },
      ].map(change => ({
        type: 'change',
        service: 'settlement',
        title: `The ${change.id}`,
        ...change,
      })),
    ),
  );
  await portal.settled();
});

const period = 'from=2026-03-01&to=2026-03-10';

describe.each([
  '',
  'entityRef=group:default/payments-group',
  'entityRef=group:default/checkout',
  'entityRef=domain:default/money',
  'entityRef=system:default/bank',
])('the parts of %j', scope => {
  it.each<GroupBy>(['component', 'system', 'domain', 'group'])(
    'by %s have rows that are as many as their numbers say',
    async by => {
      const { body } = await portal.get(
        `/metrics?${scope}&groupBy=${by}&${period}`,
      );
      const { groups } = body as Required<MetricsAnswer>;
      expect(groups.length).toBeGreaterThan(0);
      for (const { key, metrics } of groups) {
        for (const metric of Object.values<Metric>(metrics)) {
          const rows = await portal.get(metric.rows.replace('/api/dora', ''));
          expect({ key, n: rows.body.totals.counted }).toEqual({
            key,
            n: metric.n,
          });
        }
        // The page of a part asks for the same in its own words.
        const question = new URL(metrics.changeFailRate.rows, 'http://portal');
        const { searchParams } = question;
        const whole = await portal.get(`/metrics?${searchParams}`);
        expect(whole.body.metrics.changeFailRate.n).toBe(
          metrics.changeFailRate.n,
        );
      }
    },
  );
});

it.each([
  // Of the one without an owner or a system no row can tell.
  ['groupBy=group', 1],
  ['groupBy=system', 1],
  ['groupBy=domain', 1],
  ['groupBy=component', 0],
  ['groupBy=group&entityRef=system:default/bank', 0],
  ['groupBy=system&entityRef=component:default/orphan', 1],
])('say how many components are in none of them: %s', async (query, n) => {
  const { body } = await portal.get(`/metrics?${period}&${query}`);
  expect(body.undivided).toBe(n);
});

it.each(['group', 'component'] as const)(
  'come page by page, each as it is among all: %s',
  async groupBy => {
    const question = `/metrics?${period}&groupBy=${groupBy}`;
    const { body: all } = await portal.get(question);
    expect(all.groupsTotal).toBe(all.groups.length);
    const pages = [];
    for (let offset = 0; offset < all.groupsTotal; offset += 2) {
      const { body } = await portal.get(`${question}&limit=2&offset=${offset}`);
      expect(body).toMatchObject({
        groupsTotal: all.groupsTotal,
        undivided: all.undivided,
        metrics: all.metrics,
      });
      pages.push(...body.groups);
    }
    expect(pages).toEqual(all.groups);
    const { body: after } = await portal.get(`${question}&limit=2&offset=900`);
    expect(after.groups).toEqual([]);
  },
);

it.each(['limit=0', 'limit=2001', 'limit=two', 'offset=-1'])(
  'are refused in pages that make no sense: %s',
  async page => {
    const { status, body } = await portal.get(
      `/metrics?${period}&groupBy=group&${page}`,
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain(page.split('=')[0]);
  },
);

it('are not divided when they were narrowed already', async () => {
  const { status, body } = await portal.get(
    `/metrics?entityRef=system:default/bank&within=group:default/ledger&groupBy=component`,
  );
  expect(status).toBe(400);
  expect(body.error.message).toMatch(/^groupBy: /);
});

it('the first step of a trend is compared with the time before it', async () => {
  const { body } = await portal.get(
    `/metrics?from=2026-03-03&to=2026-03-05&groupBy=day`,
  );
  const [first, second] = (body as Required<MetricsAnswer>).groups;
  expect(first.metrics.deploymentFrequency).toMatchObject({
    value: 0,
    previous: { n: 10 },
  });
  expect(second.metrics.deploymentFrequency.previous.n).toBe(0);
});

describe('the stages', () => {
  it('say how many of the changes each is known of', async () => {
    const { body } = await portal.get(`/stages?${period}`);
    expect(body.changes).toBe(4);
    expect(
      body.stages.map((stage: { id: string; n: number; state: string }) => [
        stage.id,
        stage.n,
        stage.state,
      ]),
    ).toEqual([
      ['coding', 4, 'insufficient'],
      ['waitingForReview', 3, 'insufficient'],
      ['inReview', 3, 'insufficient'],
      ['waitingForDeployment', 4, 'insufficient'],
    ]);
    expect(body.longest[0]).toMatchObject({
      seconds: 7200,
      number: '7',
      author: 'amara',
      owner: expect.stringMatching(/^group:default\//),
    });
  });

  it('list what still waits, of the scope that is asked for', async () => {
    const waiting = async (scope: string) =>
      (await portal.get(`/stages?${period}&${scope}`)).body.waiting;
    expect(await waiting('entityRef=group:default/payments-group')).toEqual({
      total: 1,
      items: [
        {
          stage: 'waitingForDeployment',
          change: expect.stringMatching(/^\d+$/),
          title: 'Not yet deployed',
          url: 'https://git.example/late',
          service: 'component:default/payments',
          owner: 'group:default/ledger',
          at: '2026-03-02T09:30:00.000Z',
          seconds: expect.any(Number),
        },
      ],
    });
    expect(await waiting('entityRef=group:default/checkout')).toEqual({
      total: 0,
      items: [],
    });
  });

  it('list what is open, the longest in its stage first', async () => {
    const open = async (scope: string) =>
      (await portal.get(`/stages?${period}&${scope}`)).body.open;
    expect(await open('entityRef=group:default/checkout')).toEqual({
      total: 2,
      inReview: 1,
      items: [
        expect.objectContaining({
          stage: 'waitingForReview',
          title: 'The unseen',
          service: 'component:default/settlement',
          owner: 'group:default/checkout',
          at: '2026-03-02T07:00:00.000Z',
        }),
        expect.objectContaining({
          stage: 'inReview',
          title: 'The seen',
          at: '2026-03-02T08:00:00.000Z',
        }),
      ],
    });
    expect(await open('environment=staging')).toMatchObject({ total: 2 });
    expect(await open('entityRef=group:default/ledger')).toEqual({
      total: 0,
      inReview: 0,
      items: [],
    });
  });

  it('no longer list what was given up or merged, and list again what is reopened', async () => {
    const told = async (said: object) => {
      await portal.import(
        lines({
          type: 'change',
          id: 'unseen',
          service: 'settlement',
          title: 'The unseen',
          openedAt: `${at(7)}:00:00Z`,
          ...said,
        }),
      );
      await portal.settled();
      const { body } = await portal.get(
        `/stages?${period}&entityRef=component:default/settlement`,
      );
      return body.open.total;
    };
    expect(await told({ closedAt: `${at(8)}:00:00Z` })).toBe(1);
    expect(await told({ closedAt: null })).toBe(2);
    expect(await told({ mergedAt: `${at(9)}:00:00Z` })).toBe(1);
  });

  it('are none where nothing arrived', async () => {
    const { body } = await portal.get(`/stages?from=2020-01-01&to=2020-02-01`);
    expect(body).toMatchObject({ changes: 0, longest: [] });
    expect(
      body.stages.every(
        (stage: { state: string; percentiles: unknown }) =>
          stage.state === 'none' && stage.percentiles === null,
      ),
    ).toBe(true);
  });
});
