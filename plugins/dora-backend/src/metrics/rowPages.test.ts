import { mockCredentials } from '@backstage/backend-test-utils';
import {
  metricTitles,
  type MetricId,
  type Row,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { component, group } from '../__testUtils__/entities';
import { deployment } from '../__testUtils__/example';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const caller = { credentials: mockCredentials.user() };
const period = { from: '2026-03-01', to: '2026-04-01' };
const metricIds = Object.keys(metricTitles) as MetricId[];
let bench: Workbench;
let knex: Knex;

/** Two at each moment, some with changes that took equally long, or nobody knows how long. */
const story = Array.from({ length: 6 }, (_, nth) => {
  const at = `2026-03-0${2 + Math.floor(nth / 2)}T10:00:00Z`;
  return [
    deployment(`d${nth}`, {
      status: ['success', 'failure', 'cancelled'][nth % 3],
      finishedAt: at,
      sha: `a${nth}`,
      commits: [`a${nth}`],
    }),
    deployment(`f${nth}`, { finishedAt: at, sha: `b${nth}` }),
    ...['x', 'y'].map(name => ({
      type: 'change',
      id: `${name}${nth}`,
      service: 'payments',
      title: `Change ${name}${nth}`,
      ...(nth % 2 === 0 && { firstCommitAt: '2026-03-01T10:00:00Z' }),
      mergedAt: '2026-03-01T12:00:00Z',
      mergeSha: `b${nth}`,
    })),
    {
      type: 'change',
      id: `waits${nth}`,
      service: 'payments',
      mergedAt: '2026-03-08T12:00:00Z',
      mergeSha: `feed${nth}`,
    },
  ];
}).flat();

beforeAll(async () => {
  knex = await databases.init();
});
beforeEach(async () => {
  await emptied(knex);
  bench = new Workbench(knex);
  await bench.catalogIs([
    group('ledger'),
    component('payments', { owner: 'ledger' }),
  ]);
  await bench.import(story);
  await bench.drain();
});

async function pagesOf(
  metric: MetricId,
  query: Parameters<ReturnType<Workbench['metricsService']>['rowPages']>[1],
  size: number,
): Promise<Row[][]> {
  const pages: Row[][] = [];
  const service = bench.metricsService();
  for await (const { items } of service.rowPages(metric, query, caller, size)) {
    pages.push(items);
  }
  return pages;
}

it.each(metricIds)(
  'the pages of %s hold what one answer holds',
  async metric => {
    for (const order of ['newest', 'largest'] as const) {
      for (const part of ['counted', 'excluded'] as const) {
        const query = { ...period, order, part };
        const { items } = await bench
          .metricsService()
          .rows(metric, { ...query, limit: 200 }, caller);
        for (const size of [1, 2, 200]) {
          const pages = await pagesOf(metric, query, size);
          expect({ order, part, rows: pages.flat() }).toEqual({
            order,
            part,
            rows: items,
          });
        }
      }
    }
  },
);

it('there is one page where there is no row', async () => {
  expect(
    await pagesOf(
      'changeLeadTime',
      { from: '2020-01-01', to: '2020-02-01' },
      2,
    ),
  ).toEqual([[]]);
});

it('what comes in between two pages shifts no row', async () => {
  const service = bench.metricsService();
  const { items } = await service.rows(
    'deploymentFrequency',
    { ...period, limit: 200 },
    caller,
  );
  const seen: Row[] = [];
  for await (const page of service.rowPages(
    'deploymentFrequency',
    period,
    caller,
    2,
  )) {
    seen.push(...page.items);
    // Always the newest of all: by number, what was seen would come once more.
    await bench.import([
      deployment(`new${seen.length}`, {
        finishedAt: `2026-03-20T10:00:${10 + seen.length}Z`,
      }),
    ]);
    await bench.drain();
  }
  expect(seen).toEqual(items);
});
