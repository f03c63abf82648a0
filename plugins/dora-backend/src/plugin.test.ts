import {
  documentedRoutes,
  servedRoutes,
} from '@waymark/plugin-openapi-node/testUtils';
import type { Knex } from 'knex';
import { useDatabases } from './__testUtils__/databases';
import { createIntakeRouter } from './api/intakeRouter';
import { createRouter } from './api/router';
import { deployment, entities, lines } from './__testUtils__/example';
import { contract, startPortal, TestSource } from './__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();
const source = new TestSource();
const denied = new Set<string>();
let knex: Knex;
let portal: Awaited<ReturnType<typeof startPortal>>;

beforeAll(async () => {
  knex = await databases.init();
  portal = await startPortal({
    knex,
    source,
    denied,
    groups: ['group:default/ledger'],
    entities,
  });
});
afterEach(() => denied.clear());

describe('the API', () => {
  it('serves what its document says, and nothing else', () => {
    const unused = {} as never;
    const served = servedRoutes(
      createIntakeRouter({
        history: unused,
        httpAuth: unused,
        inbox: unused,
        intake: unused,
        sources: unused,
      }),
      createRouter({
        goals: unused,
        backfills: unused,
        history: unused,
        httpAuth: unused,
        intake: unused,
        metrics: unused,
        records: unused,
      }),
    );
    expect(served).toEqual(documentedRoutes(contract));
  });

  it.each([
    ['/metrics?from=yesterday', /from/],
    ['/metrics?from=2026-02-30', /from: 2026-02-30/],
    ['/metrics?from=2026-03-02&to=2026-03-01', /from: the period ends/],
    ['/metrics?from=0000-01-01&to=0000-02-01', /to: .*years/],
    ['/metrics?from=1990-01-01&to=2026-02-01', /from: .*6 years/],
    ['/metrics?timeZone=Mars/Olympus', /timeZone/],
    ['/metrics?groupBy=colour', /groupBy/],
    ['/metrics?leadTimeClock=noon', /leadTimeClock/],
    ['/metrics?entityRef=a:b:c:d', /entityRef/],
    [
      '/metrics?entityRef=user:default/amara',
      /entityRef: "user:default\/amara" has no DORA metrics/,
    ],
    ['/metrics?filter=payments', /filter/],
    ['/metrics?entityRef=', /entityRef/],
    ['/rows/happiness', /metric/],
    ['/rows/changeLeadTime?limit=0', /limit/],
    ['/rows/changeLeadTime?limit=1000', /limit/],
    ['/rows/changeLeadTime?offset=-1', /offset/],
    ['/deployments?outcome=odd', /outcome/],
    ['/deployments/one', /id/],
    ['/deployments/1234567890123456789012', /id/],
    ['/incidents?state=odd', /state/],
    ['/inbox?state=odd', /state/],
  ])('refuses %s and says what is wrong', async (path, message) => {
    const { status, body } = await portal.get(path);
    expect({ status, message: body.error.message }).toEqual({
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    '/metrics?entityRef=component:default/nothing',
    '/deployments/999999',
    '/inbox/999999',
  ])('finds nothing at %s', async path => {
    expect((await portal.get(path)).status).toBe(404);
  });

  it.each([
    ['dora.metrics.read', 'get', '/metrics'],
    ['dora.metrics.read', 'get', '/rows/changeLeadTime'],
    ['dora.metrics.read', 'get', '/stages'],
    ['dora.metrics.read', 'get', '/deployments'],
    ['dora.metrics.read', 'get', '/deployments/1'],
    ['dora.metrics.read', 'get', '/incidents'],
    ['dora.metrics.read', 'get', '/corrections'],
    ['dora.metrics.read', 'get', '/environments'],
    ['dora.metrics.read', 'get', '/goals'],
    ['dora.metrics.read', 'get', '/goals/1'],
    ['dora.metrics.read', 'get', '/status'],
    ['dora.facts.create', 'post', '/import'],
    ['dora.facts.create', 'post', '/backfills/1/cancel'],
    ['dora.facts.create', 'post', '/backfills/1/resume'],
    ['dora.inbox.manage', 'get', '/backfills'],
    ['dora.inbox.manage', 'get', '/backfills/1'],
    ['dora.inbox.manage', 'get', '/inbox'],
    ['dora.inbox.manage', 'get', '/inbox/1'],
    ['dora.inbox.manage', 'get', '/unmatched'],
    ['dora.inbox.manage', 'post', '/inbox/1/replay'],
  ] as const)('wants %s to %s %s', async (permission, method, path) => {
    denied.add(permission);
    expect((await portal[method](path)).status).toBe(403);
  });

  it('wants dora.inbox.manage to have all deliveries read again', async () => {
    denied.add('dora.inbox.manage');
    const wish = { state: 'failed' };
    expect((await portal.post('/inbox/replay', wish)).status).toBe(403);
  });

  it('wants to know who asks', async () => {
    expect((await portal.anonymous('/metrics')).status).toBe(401);
    expect((await portal.anonymous('/inbox')).status).toBe(401);
  });
});

describe('corrections', () => {
  let own: string;
  let foreign: string;
  beforeAll(async () => {
    await portal.import(
      lines(
        deployment('fix-1', { finishedAt: '2026-05-01T10:00:00Z' }),
        deployment('fix-2', {
          finishedAt: '2026-05-01T10:00:00Z',
          service: 'shop',
        }),
      ),
    );
    await portal.settled();
    own = (await knex('deployments').where({ external_id: 'fix-1' }).first())
      .id;
    foreign = (
      await knex('deployments').where({ external_id: 'fix-2' }).first()
    ).id;
  });

  it('change the number at once, and are taken back', async () => {
    const path = `/deployments/${own}/correction`;
    const failed = await portal.put(path, {
      failed: true,
      reason: 'It crashed',
    });
    expect(failed.body).toMatchObject({ failed: true, corrected: true });
    const back = await portal.put(path, { failed: null, reason: 'It did not' });
    expect(back.body).toMatchObject({ failed: false, corrected: false });
    const { body } = await portal.get('/corrections');
    expect(body.items.map((item: { what: string }) => item.what)).toEqual([
      'Took a correction back',
      'Marked as failed',
    ]);
  });

  it('are for those whose team owns the component', async () => {
    denied.add('dora.inbox.manage');
    const said = { failed: true, reason: 'It crashed' };
    expect(
      (await portal.put(`/deployments/${own}/correction`, said)).status,
    ).toBe(200);
    expect(
      (await portal.put(`/deployments/${foreign}/correction`, said)).status,
    ).toBe(403);
    denied.add('dora.correction.create');
    expect(
      (await portal.put(`/deployments/${own}/correction`, said)).status,
    ).toBe(403);
  });

  it.each([
    [{ failed: 'yes', reason: 'because' }, /failed/],
    [{ failed: true }, /reason/],
    [{ failed: true, reason: 'x' }, /reason/],
    [{ failed: true, reason: 'because', more: 1 }, /more|additional/],
  ])('refuse %j', async (body, message) => {
    const answer = await portal.put(`/deployments/${own}/correction`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });
});

describe('rows', () => {
  it('come as CSV that a spreadsheet reads as text', async () => {
    await portal.import(
      lines(
        deployment('csv', {
          finishedAt: '2026-06-01T10:00:00Z',
          title: '=1+1, "two"\nlines',
          service: 'shop',
        }),
      ),
    );
    await portal.settled();
    const path = '/rows/deploymentFrequency?from=2026-06-01&to=2026-06-02';
    const { text, headers } = await portal.get(path, 'text/csv');
    expect(headers['content-disposition']).toMatch(/deploymentFrequency\.csv/);
    const [head, ...rest] = text.split('\r\n');
    expect(head).toBe(
      'part,at,service,title,value,counted,open,reason,sha,deployment,change,url',
    );
    expect(rest.join('|')).toMatch(
      /^counted,2026-06-01T10:00:00.000Z,component:default\/shop,"'=1\+1, ""two""\nlines",,,,,,\d+,,\|$/,
    );
    const { body } = await portal.get(path);
    expect(body).toMatchObject({
      total: 1,
      totals: { counted: 1, excluded: 0 },
    });
  });

  it('come as CSV with those that were left out, or without', async () => {
    await portal.import(
      lines(
        deployment('kept', { finishedAt: '2026-07-01T10:00:00Z', ref: 'v2' }),
        deployment('lost', {
          finishedAt: '2026-07-01T11:00:00Z',
          status: 'cancelled',
        }),
      ),
    );
    await portal.settled();
    const path = '/rows/deploymentFrequency?from=2026-07-01&to=2026-07-02';
    const said = async (address: string) =>
      (await portal.get(address, 'text/csv')).text
        .split('\r\n')
        .slice(1, -1)
        .map(line => line.split(',')[0]);
    expect(await said(path)).toEqual(['counted', 'excluded']);
    expect(await said(`${path}&part=excluded`)).toEqual(['excluded']);
    const { body } = await portal.get(path);
    expect(body.items).toMatchObject([{ title: 'v2' }]);
  });
});
