import { metricTitles, type RowsAnswer } from '@waymark/plugin-dora-common';
import { useDatabases } from '../__testUtils__/databases';
import { deployment, entities, lines } from '../__testUtils__/example';
import { startPortal, TestSource } from '../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
let portal: Awaited<ReturnType<typeof startPortal>>;

const metricIds = Object.keys(metricTitles);

const at = (hour: number) =>
  `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;

/** A component with a row of each kind: counted, failed, recovered, cancelled, of a change that waits. */
const storyOf = (service: string) => [
  ...['failure', 'success', 'success', 'cancelled'].map((status, nth) =>
    deployment(`${service}-${nth}`, {
      service,
      status,
      finishedAt: at(6 + nth),
      sha: `${service}${nth}`,
      commits: [`${service}${nth}`],
    }),
  ),
  ...[1, 2].map(nth => ({
    type: 'change',
    id: `${service}-${nth}`,
    service,
    title: `Change ${nth}`,
    // Of the second it is not known when it was begun.
    ...(nth === 1 ? { firstCommitAt: at(1) } : {}),
    mergedAt: at(5),
    mergeSha: `${service}${nth}`,
  })),
  {
    type: 'change',
    id: `${service}-waits`,
    service,
    title: 'Waits',
    mergedAt: at(11),
    mergeSha: 'feed',
  },
];

beforeAll(async () => {
  portal = await startPortal({
    knex: await databases.init(),
    source: new TestSource(),
    denied: new Set(),
    groups: [],
    entities,
  });
  await portal.import(lines(...storyOf('payments'), ...storyOf('shop')));
  await portal.settled();
});

async function rowsOf(metric: string, query: string): Promise<RowsAnswer> {
  const { status, body } = await portal.get(
    `/rows/${metric}?${query}from=2026-03-01&to=2026-03-10`,
  );
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

const scopes = [
  '',
  'entityRef=group:default/ledger&',
  'entityRef=system:default/bank&',
  'entityRef=component:default/payments&',
];

describe.each(metricIds)('the rows of %s', metric => {
  describe.each(scopes)('of %j', scope => {
    it.each(
      ['counted', 'excluded'].flatMap(part =>
        ['newest', 'largest'].map(order => [part, order]),
      ),
    )('that are %s, the %s first, are as many as it says', async (...asked) => {
      const [part, order] = asked;
      const answer = await rowsOf(
        metric,
        `${scope}part=${part}&order=${order}&`,
      );
      expect(answer.items).toHaveLength(answer.total);
      expect(answer.total).toBe(answer.totals[part as 'counted']);
      const elsewhere = answer.items.filter(
        ({ service }) => scope && service === 'component:default/shop',
      );
      expect(elsewhere).toEqual([]);
      const times = answer.items.map(row => row.at);
      const newestFirst = [...times].sort().reverse();
      expect(times).toEqual(order === 'newest' ? newestFirst : times);
    });
  });
});

it('has something of each kind to count and to leave out', async () => {
  const totals = Object.fromEntries(
    await Promise.all(
      metricIds.map(async metric => {
        const { totals: found } = await rowsOf(
          metric,
          'entityRef=component:default/payments&',
        );
        return [metric, found] as const;
      }),
    ),
  );
  expect(totals).toEqual({
    deploymentFrequency: { counted: 2, excluded: 2 },
    changeLeadTime: { counted: 1, excluded: 2 },
    changeFailRate: { counted: 3, excluded: 1 },
    failedDeploymentRecoveryTime: { counted: 1, excluded: 0 },
    deploymentReworkRate: { counted: 2, excluded: 2 },
  });
});
