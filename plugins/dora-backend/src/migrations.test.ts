import { mockCredentials } from '@backstage/backend-test-utils';
import {
  migrations as directory,
  useDatabases,
} from './__testUtils__/databases';
import { component, group } from './__testUtils__/entities';
import { conclusionsIn } from './__testUtils__/conclusions';
import { Workbench } from './__testUtils__/Workbench';

jest.setTimeout(60_000);

const databases = useDatabases();

it('every migration goes down and up again with rows in its tables', async () => {
  const knex = await databases.init();
  const fill = async () => {
    const bench = new Workbench(knex);
    await bench.catalogIs([
      group('ledger'),
      component('payments', { owner: 'ledger' }),
    ]);
    const at = '2026-03-02T10:00:00Z';
    const common = { service: 'payments' };
    await bench.import([
      {
        ...common,
        type: 'deployment',
        id: 'd1',
        environment: 'production',
        status: 'success',
        finishedAt: at,
        sha: 'a1',
      },
      { ...common, type: 'change', id: 'c1', mergedAt: at, mergeSha: 'a1' },
      { ...common, type: 'incident', id: 'i1', createdAt: at },
      {
        ...common,
        service: 'unknown',
        type: 'incident',
        id: 'i2',
        createdAt: at,
      },
    ]);
    await bench.inbox.add([
      { source: 'test', deliveryId: '1', headers: {}, body: Buffer.from('1') },
    ]);
    const { id } = await knex('deployments').first('id');
    await bench.corrections.put({
      deployment: id,
      failed: true,
      reason: 'It crashed',
      by: 'user:default/amara',
    });
    await bench.goalsService().set(
      {
        entityRef: 'group:default/ledger',
        metric: 'changeLeadTime',
        target: 3600,
      },
      { credentials: mockCredentials.user() },
    );
    await knex('digests').insert({
      group_ref: 'group:default/ledger',
      week: '2026-03-02',
    });
    await knex('deliveries').delete();
    await bench.drain();
    return conclusionsIn(knex);
  };
  const first = await fill();
  expect(first.outcomes).toHaveLength(1);

  const [done] = await knex.migrate.list({ directory });
  for (let left = done.length; left > 0; left -= 1) {
    await knex.migrate.down({ directory });
    await knex.migrate.up({ directory });
    await knex.migrate.down({ directory });
  }
  const { rows } = await knex.raw(
    `select tablename from pg_tables where schemaname = current_schema()
      and tablename not like 'knex_%'`,
  );
  expect(rows).toEqual([]);

  await knex.migrate.latest({ directory });
  expect(await fill()).toEqual(first);
});

it.each([
  // As the host serves it, and below a path.
  ['gitlab', 'https://git.test/Shop/web/-/issues/7', 'shop/web'],
  ['gitlab', 'https://git.test/tools/gitlab/shop/web/-/issues/7', 'shop/web'],
  ['gitlab', 'https://git.test/gitlab/shop/web/-/work_items/7', 'shop/web'],
  ['gitlab', 'https://git.test/shop/web/-/issues/incident/7', 'shop/web'],
  // Its component is known by the repository with a group before it, too.
  ['gitlab', 'https://git.test/gitlab/acme/shop/web/issues/7', 'acme/shop/web'],
  ['github', 'https://github.com/shop/web/issues/7', 'shop/web'],
  // Nothing that the component is known by.
  ['gitlab', 'https://git.test/gitlab/other/-/issues/7', 'gitlab/other'],
])(
  'an issue of %s at %s is known by its repository %s from then on',
  async (source, url, repository) => {
    const knex = await databases.init();
    const downTo = '20261129193000_move_facts.js';
    for (;;) {
      const [, [undone]] = await knex.migrate.down({ directory });
      if (String(undone).endsWith(downTo)) break;
    }
    const at = new Date('2026-03-02T10:00:00Z');
    const [known, waiting] = await knex('services')
      .insert([
        { key: 'component:default/web', entity_ref: 'component:default/web' },
        { key: `${source}.com/project-slug:${repository}`, entity_ref: null },
      ])
      .returning('id');
    await knex('entities').insert({
      ref: 'component:default/web',
      kind: 'component',
      name: 'web',
      title: 'web',
    });
    await knex('entity_keys').insert(
      ['shop/web', 'acme/shop/web', 'web'].map(value => ({
        annotation: `${source}.com/project-slug`,
        value,
        entity_ref: 'component:default/web',
      })),
    );
    await knex('incidents').insert(
      [known, waiting].map(({ id }) => ({
        service_id: id,
        source,
        external_id: 'issue:7',
        url,
        created_at: at,
        observed_at: at,
      })),
    );
    await knex.migrate.latest({ directory });
    const ids = await knex('incidents').orderBy('id').pluck('external_id');
    expect(ids[0]).toBe(`issue:${repository}#7`);
    // What waits for its component is known by the name it waits under.
    expect(ids[1]).toBe(`issue:${repository}#7`);
  },
);
