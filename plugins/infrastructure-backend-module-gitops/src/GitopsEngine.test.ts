import type { Existing, Order } from '@waymark/plugin-infrastructure-node';
import type { GitopsEngine } from './GitopsEngine';
import { orderFor, tools, World } from './__testUtils__/World';

const world = new World();
let engine: GitopsEngine;
beforeEach(async () => {
  world.reset();
  engine = await world.engine();
});

const plan = (order: Order, by = engine) => by.plan(order, tools());

async function bring(order: Order, by = engine) {
  return by.apply(order, await plan(order, by), tools());
}

const folderOf = ({ resource }: Order) =>
  `clusters/${resource.environment}/room/${resource.name}`;

describe('from an order to a commit', () => {
  it('commits what the module says, and says for whom', async () => {
    const order = orderFor();
    const planned = await plan(order);
    expect(planned.changes.map(({ action, title }) => [action, title])).toEqual(
      [
        ['create', 'Add namespace.yaml'],
        ['create', 'Add quota.yaml'],
      ],
    );
    expect(planned.changes[1].diff).toContain("+    pods: '30'");
    expect(world.commits()).toBe(1);

    const applied = await engine.apply(order, planned, tools());
    expect(applied.outputs).toEqual({
      namespace: `${order.resource.name}-staging`,
    });
    expect(applied.handover).toMatchObject({
      place: `environments:${folderOf(order)}`,
      waitsFor: expect.stringMatching(/^Committed to main .* waiting for Argo/),
    });
    expect(world.file(`${folderOf(order)}/quota.yaml`)).toBe(
      [
        `# Waymark made this for the resource ${order.resource.id}. Changes made here count as drift.`,
        'apiVersion: v1',
        'kind: ResourceQuota',
        'metadata:',
        '  name: room',
        `  namespace: ${order.resource.name}-staging`,
        'spec:',
        '  hard:',
        "    pods: '30'",
        '    requests.memory: 8Gi',
        '',
      ].join('\n'),
    );
    expect(world.git('log', '-1', '--format=%an%n%B', 'main')).toBe(
      [
        'Waymark',
        `Bring about ${order.resource.name} in staging`,
        '',
        'Asked for by group:default/ledger, and approved in Waymark.',
        '',
        `Waymark-Request: ${order.requestId}`,
        `Waymark-Resource: ${order.resource.id}`,
      ].join('\n'),
    );
  });

  it('is done with the commit where no cluster takes it up, and says so', async () => {
    const settings = { repository: 'environments', module: 'room' };
    expect(engine.shortfall(settings)).toBeUndefined();
    const alone = await world.engine({ reconciled: false });
    expect(alone.shortfall(settings)).toBe(
      'No cluster takes up what is committed to the repository environments: the commit is all that is made.',
    );
    const order = orderFor();
    const applied = await bring(order, alone);
    const commit = world.git('rev-parse', 'main').slice(0, 10);
    expect(applied).toEqual({
      outputs: { namespace: `${order.resource.name}-staging` },
      remark: `Committed to main of environments as ${commit}. ${alone.shortfall(
        settings,
      )}`,
    });
    // Also when it is taken up after the process that committed has died.
    expect(await alone.resume(order, tools())).toEqual(applied);
  });

  it('lets no value become more than a value', async () => {
    const note = 'x\n  owner: "me"\nkind: ClusterRole # ${pods}';
    const order = orderFor({ parameters: { note } });
    const { document } = await plan(order);
    const [namespace] = (document as { manifests: object[] }).manifests;
    expect(namespace).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: `${order.resource.name}-staging`,
        annotations: order.tags,
        labels: { note },
      },
    });
  });

  it('keeps the kinds of values in a claim', async () => {
    const order = orderFor({
      settings: { module: 'claim', repository: 'environments' },
      parameters: { encrypted: true, zones: ['a', 'b'] },
    });
    expect((await plan(order)).document).toMatchObject({
      manifests: [
        {
          kind: 'Database',
          spec: { size: 8, encrypted: true, zones: ['a', 'b'] },
        },
      ],
    });
  });

  it('says which word stands for nothing', async () => {
    const order = orderFor({
      settings: { module: 'claim', repository: 'environments' },
    });
    await expect(plan(order)).rejects.toThrow(
      /claim\.yaml uses \$\{encrypted\}/,
    );
  });

  it('shows an update as the lines that change', async () => {
    const order = orderFor();
    await bring(order);
    const update = {
      ...order,
      requestId: 'another',
      parameters: { ...order.parameters, pods: 50 },
    };
    const { changes } = await plan(update);
    expect(changes).toEqual([
      expect.objectContaining({ action: 'keep' }),
      expect.objectContaining({
        action: 'update',
        diff: expect.stringMatching(/-\s+pods: '30'\n\+\s+pods: '50'/),
      }),
    ]);
    await bring(update);
    expect(world.commits()).toBe(3);
  });

  it('removes its own files and no others', async () => {
    const order = orderFor();
    await bring(order);
    world.edit({ [`${folderOf(order)}/by-hand.yaml`]: 'kind: ConfigMap\n' });
    const end: Order = { ...order, requestId: 'end', wanted: 'absent' };
    const { changes } = await plan(end);
    expect(changes.map(({ action }) => action)).toEqual(['delete', 'delete']);
    const { handover } = await bring(end);
    expect(world.files()).toEqual([
      'README.md',
      `${folderOf(order)}/by-hand.yaml`,
    ]);
    expect(handover?.content).toMatchObject({ files: [] });
  });

  it('refuses what is in the way', async () => {
    const order = orderFor();
    await bring(orderFor());
    world.edit({ [`${folderOf(order)}/quota.yaml`]: 'kind: ConfigMap\n' });
    await expect(plan(order)).rejects.toThrow(
      /quota\.yaml of environments was not made for this resource/,
    );
  });
});

describe('when others commit too', () => {
  it('lands all that is asked for at once, from several processes', async () => {
    await bring(orderFor());
    const engines = await Promise.all([1, 2, 3].map(() => world.engine()));
    const orders = engines.flatMap(by =>
      [1, 2, 3].map(() => ({ by, order: orderFor() })),
    );
    await Promise.all(orders.map(({ by, order }) => bring(order, by)));
    expect(world.commits()).toBe(2 + orders.length);
    for (const { order } of orders) {
      expect(world.files()).toContain(`${folderOf(order)}/quota.yaml`);
    }
    world.git('fsck', '--strict');
  });

  it('keeps its plan while they change other files, and not when they change these', async () => {
    const order = orderFor();
    await bring(order);
    const update = {
      ...order,
      parameters: { ...order.parameters, pods: 50 },
    };
    const { essence } = await plan(update);
    await bring(orderFor());
    world.edit({ 'README.md': 'Ours.\n' });
    expect((await plan(update)).essence).toEqual(essence);

    const file = `${folderOf(order)}/quota.yaml`;
    world.edit({ [file]: `${world.file(file)}# by hand\n` });
    expect((await plan(update)).essence).not.toEqual(essence);
  });

  it('overwrites nothing that changed after the plan', async () => {
    const order = orderFor();
    await bring(order);
    const update = {
      ...order,
      parameters: { ...order.parameters, pods: 50 },
    };
    const planned = await plan(update);
    const file = `${folderOf(order)}/quota.yaml`;
    const byHand = world.edit({ [file]: `${world.file(file)}# by hand\n` });
    await expect(engine.apply(update, planned, tools())).rejects.toThrow(
      /Somebody changed .*quota\.yaml between the plan and now/,
    );
    expect(world.git('rev-parse', 'main')).toBe(byHand);
  });

  it('says so when the repository refuses', async () => {
    const order = orderFor();
    const planned = await plan(order);
    world.git('config', 'receive.denyCurrentBranch', 'refuse');
    world.git('config', 'core.bare', 'false');
    await expect(engine.apply(order, planned, tools())).rejects.toThrow(
      /does not take commits on main: branch is currently checked out/,
    );
  });

  it('says so when the repository is not there', async () => {
    const lost = await world.engine({ create: false, remote: '/nowhere.git' });
    await expect(plan(orderFor(), lost)).rejects.toThrow(
      /The repository environments .* cannot be reached just now/,
    );
  });
});

describe('when the process dies', () => {
  it('before the push: the next one pushes, once', async () => {
    const order = orderFor();
    await plan(order);
    const next = await world.engine();
    await next.resume(order, tools());
    await next.resume(order, tools());
    expect(world.commits()).toBe(2);
    expect(world.file(`${folderOf(order)}/quota.yaml`)).toContain("pods: '30'");
  });

  it('after the push: nothing is done again, whatever people made of it', async () => {
    const order = orderFor();
    const { handover } = await bring(order);
    const byHand = world.edit({ [`${folderOf(order)}/quota.yaml`]: null });
    const next = await world.engine();
    expect((await next.resume(order, tools())).handover).toEqual(handover);
    expect(world.git('rev-parse', 'main')).toBe(byHand);
  });

  it('stops before the push when it is told to', async () => {
    const order = orderFor();
    const planned = await plan(order);
    const stop = new AbortController();
    stop.abort();
    await expect(
      engine.apply(order, planned, tools(stop.signal)),
    ).rejects.toThrow(/abort/);
    expect(world.commits()).toBe(1);
  });
});

describe('looking at what is there', () => {
  it('finds what was committed, changed or gone', async () => {
    const order = orderFor();
    const file = `${folderOf(order)}/quota.yaml`;
    await bring(orderFor());
    expect(await engine.observe(order)).toEqual({ state: 'absent' });
    await bring(order);
    expect(await engine.observe(order)).toEqual({ state: 'asWanted' });

    world.edit({ [file]: world.file(file).replace("'30'", "'300'") });
    expect(await engine.observe(order)).toMatchObject({
      state: 'drifted',
      changes: [
        {
          action: 'update',
          address: file,
          diff: expect.stringMatching(/-\s+pods: '300'\n\+\s+pods: '30'/),
        },
      ],
    });
    world.edit({ [file]: null });
    expect(await engine.observe(order)).toMatchObject({
      changes: [{ action: 'create', address: file }],
    });
    await bring({ ...order, requestId: 'repair' });
    expect(await engine.observe(order)).toEqual({ state: 'asWanted' });
  });

  it('counts no newer form of the module as drift', async () => {
    const order = orderFor();
    await bring(order);
    const newer = {
      ...order,
      parameters: { ...order.parameters, note: 'as a newer module has it' },
    };
    expect(await engine.observe(newer)).toEqual({ state: 'asWanted' });
  });
});

describe('what was there before', () => {
  const found = () =>
    engine.survey({ module: 'room', repository: 'environments' });

  it('is found by its mark, with the request that made it', async () => {
    const order = orderFor();
    await bring(order);
    world.edit({ 'clusters/staging/room/by-hand/x.yaml': 'kind: None\n' });
    expect(await found()).toEqual([
      {
        resourceId: order.resource.id,
        requestId: order.requestId,
        title: `folder ${folderOf(order)}`,
        existing: [{ address: 'folder', id: folderOf(order) }],
      },
    ]);
    expect(
      await engine.survey({ module: 'claim', repository: 'environments' }),
    ).toEqual([]);
  });

  it('is taken over: what was left, and what was made by hand', async () => {
    const left = orderFor();
    await bring(left);
    const { name } = left.resource;
    const [{ existing }] = await found();
    engine.checkExisting(existing);
    const adopt = orderFor({
      resource: { name, existing },
      takesOver: { markedFor: left.resource.id },
    });
    expect((await plan(adopt)).changes.map(({ action }) => action)).toEqual([
      'update',
      'update',
    ]);
    await bring(adopt);
    expect((await found()).map(({ resourceId }) => resourceId)).toEqual([
      adopt.resource.id,
    ]);
    expect(await engine.observe({ ...adopt, takesOver: undefined })).toEqual({
      state: 'asWanted',
    });

    const byHand = orderFor({ takesOver: {} });
    byHand.resource.existing = [{ address: 'folder', id: folderOf(byHand) }];
    world.edit({ [`${folderOf(byHand)}/quota.yaml`]: 'kind: ConfigMap\n' });
    await bring(byHand);
    expect(world.file(`${folderOf(byHand)}/quota.yaml`)).toContain('pods');
  });

  it('stays with whom it belongs to, and in its folder', async () => {
    const theirs = orderFor();
    await bring(theirs);
    const existing = [{ address: 'folder', id: folderOf(theirs) }];
    const { name } = theirs.resource;
    await expect(
      plan(orderFor({ resource: { name, existing }, takesOver: {} })),
    ).rejects.toThrow(/was not made for this resource/);
    await expect(
      plan(orderFor({ resource: { existing }, takesOver: {} })),
    ).rejects.toThrow(/Choose those that give this folder/);
    const check = (unfit: Existing[]) => () => engine.checkExisting(unfit);
    expect(check([])).toThrow(/must name the folder/);
    expect(check([{ address: 'file', id: 'x' }])).toThrow(/must name/);
  });
});

describe('what an offering says', () => {
  it.each([
    [
      { module: 'lost', repository: 'environments' },
      /"lost", which are not in/,
    ],
    [{ module: 'room', repository: 'other' }, /it has environments/],
    [{ module: 'room' }, /repository/],
    [
      { module: 'room', version: '2.0.0', repository: 'environments' },
      /wants version 2\.0\.0 .* holds 1\.0\.0/,
    ],
  ])('is refused when it makes no sense: %j', (settings, message) => {
    expect(() => engine.checkSettings(settings)).toThrow(message);
  });
});
