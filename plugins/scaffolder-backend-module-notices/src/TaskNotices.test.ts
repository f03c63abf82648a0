import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { NoticeStore } from './NoticeStore';
import { TaskNotices } from './TaskNotices';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const now = Date.parse('2026-11-22T12:00:00Z');

function task(overrides: Partial<ScaffolderTask> = {}): ScaffolderTask {
  return {
    id: 'task-1',
    status: 'completed',
    createdAt: '2026-11-22T11:59:00Z',
    lastHeartbeatAt: '2026-11-22T11:59:30Z',
    spec: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      parameters: { name: 'payments-ledger' },
      steps: [],
      output: {},
      user: { ref: 'user:default/amara' },
      templateInfo: {
        entityRef: 'template:default/node-service',
        entity: {
          metadata: { name: 'node-service', title: 'Node.js service' },
        },
      },
    },
    ...overrides,
  };
}

async function setUp(tasks: ScaffolderTask[]) {
  const knex = await databases.init('POSTGRES_18');
  const store = await NoticeStore.create(mockServices.database({ knex }));
  const send = jest.fn();
  const notices = () =>
    new TaskNotices({
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      notifications: { send },
      scaffolder: {
        listTasks: async ({ limit = 0, offset = 0 }) => ({
          items: tasks.slice(offset, offset + limit),
          totalItems: tasks.length,
        }),
      },
      store,
      now: () => now,
    });
  return { knex, notices, send };
}

it('tells the person who created it, with the page to go to', async () => {
  const { notices, send } = await setUp([task()]);
  await notices().tell();
  expect(send).toHaveBeenCalledWith({
    recipients: { type: 'entity', entityRef: 'user:default/amara' },
    payload: expect.objectContaining({
      title: 'payments-ledger is ready',
      link: '/create/tasks/task-1',
      severity: 'normal',
    }),
  });
});

it('says that a task failed', async () => {
  const { notices, send } = await setUp([task({ status: 'failed' })]);
  await notices().tell();
  expect(send).toHaveBeenCalledWith(
    expect.objectContaining({
      payload: expect.objectContaining({
        title: 'payments-ledger could not be created',
        severity: 'high',
      }),
    }),
  );
});

it('tells once, whichever replica does, however often it looks', async () => {
  const { notices, send } = await setUp([task()]);
  await Promise.all([notices().tell(), notices().tell()]);
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(1);
});

it('tells later what could not be told', async () => {
  const { notices, send } = await setUp([task()]);
  send.mockRejectedValueOnce(new Error('no route'));
  await notices().tell();
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(2);
});

it('leaves alone what is no news, and what no person created', async () => {
  const { notices, send } = await setUp([
    task({ createdAt: '2026-11-20T12:00:00Z' }),
    task({ id: 'task-2', spec: { ...task().spec, user: undefined } }),
  ]);
  await notices().tell();
  expect(send).not.toHaveBeenCalled();
});

it('tells more than one page of tasks', async () => {
  const { notices, send } = await setUp(
    Array.from({ length: 51 }, (_, index) => task({ id: `task-${index}` })),
  );
  await notices().tell();
  expect(send).toHaveBeenCalledTimes(51);
});

it('leaves nothing behind when its migration is taken back', async () => {
  const { knex, notices } = await setUp([task()]);
  await notices().tell();
  const migrations = {
    directory: `${__dirname}/../migrations`,
    tableName: 'waymark_notices_migrations',
  };
  await knex.migrate.down(migrations);
  await expect(knex.schema.hasTable('waymark_task_notices')).resolves.toBe(
    false,
  );
  await knex.migrate.up(migrations);
  await expect(knex.schema.hasTable('waymark_task_notices')).resolves.toBe(
    true,
  );
});
