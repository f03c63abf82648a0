import {
  HandedOnError,
  InterruptedError,
  type Order,
} from '@waymark/plugin-infrastructure-node';
import { Bench, executable } from './__testUtils__/Bench';
import { StateServer } from './__testUtils__/StateServer';

jest.setTimeout(120_000);

const server = new StateServer();
beforeAll(() => server.start());
afterAll(() => server.stop());
afterEach(() => server.forget());

const withTerraform = executable ? describe : describe.skip;

withTerraform('Terraform', () => {
  const bench = new Bench(server);
  const engine = bench.engine();
  const plan = (order: Order) => engine.plan(order, bench.tools());
  const essenceOf = async (order: Order) =>
    JSON.stringify((await plan(order)).essence);
  async function apply(order: Order, told = bench.tools()) {
    return (await engine.apply(order, await plan(order), told)).outputs;
  }
  const again = (order: Order, change: Partial<Order>): Order => ({
    ...order,
    requestId: `${order.requestId.slice(0, 8)}-again`,
    ...change,
  });

  it('plans, applies what was planned, and leaves nothing but the state', async () => {
    const order = bench.order();
    const told = bench.tools();
    const planned = await engine.plan(order, told);
    expect(planned.changes).toMatchObject([
      {
        action: 'create',
        address: 'terraform_data.disk',
        title: 'Create terraform_data.disk',
        details: [
          { field: 'id', after: '(known after apply)' },
          {
            field: 'input',
            after: '{"name":"orders","size":5,"tags":{"team":"ledger"}}',
          },
          { field: 'output', after: '(known after apply)' },
        ],
      },
      { action: 'create', address: 'terraform_data.last' },
      { action: 'create', address: 'terraform_data.password' },
    ]);
    expect(server.state).toBeUndefined();
    expect(bench.left(order)).toEqual([order.requestId]);

    const { outputs } = await engine.apply(order, planned, told);
    expect(outputs).toEqual({
      diskName: 'orders',
      adminPassword: 'hunter2-orders',
    });
    expect(bench.left(order)).toEqual(['working']);
    expect(server.lock).toBeUndefined();
    expect(server.state).toContain('hunter2-orders');
    expect(told.secrets).toContain('hunter2-orders');
    expect(told.lines.join('\n')).toContain(
      'module.resource.terraform_data.disk: Creation complete',
    );
    expect(await engine.observe(order, bench.tools())).toEqual({
      state: 'asWanted',
    });
  });

  it('takes over what is there, and changes it to what is wanted', async () => {
    const existing = [{ address: 'terraform_data.disk', id: 'made-by-hand' }];
    engine.checkExisting(existing);
    const order = bench.order({}, { takesOver: {} });
    order.resource.existing = existing;
    const planned = await plan(order);
    expect(planned.changes[0]).toMatchObject({
      action: 'update',
      address: 'terraform_data.disk',
      title: 'Take over made-by-hand as terraform_data.disk, and change it',
    });
    const [disk] = (
      planned.document as { resource_changes: { change: object }[] }
    ).resource_changes;
    expect(disk.change).toMatchObject({ importing: { id: 'made-by-hand' } });
    await apply(order);
    expect(server.state).toContain('made-by-hand');
    // From now on it is like every other.
    const later = again(order, { takesOver: undefined });
    expect(await engine.observe(later, bench.tools())).toEqual({
      state: 'asWanted',
    });
    await apply({ ...later, wanted: 'absent' });
  });

  it.each([
    [[]],
    [[{ address: 'disk', id: 'x' }]],
    [[{ address: 'terraform_data.disk"}', id: 'x' }]],
    [
      [
        { address: 'terraform_data.disk', id: 'x' },
        { address: 'terraform_data.disk', id: 'y' },
      ],
    ],
  ])('does not take over %j', existing => {
    expect(() => engine.checkExisting(existing)).toThrow(/^existing must name/);
  });

  it('shows a secret nowhere but in the outputs and the state', async () => {
    const order = bench.order();
    const told = bench.tools();
    const planned = await engine.plan(order, told);
    await engine.apply(order, planned, told);
    const { changes, essence, document } = planned;
    for (const shown of [changes, essence, document, told.lines, told.steps]) {
      expect(JSON.stringify(shown)).not.toMatch(/hunter2|open-sesame/);
    }
    expect(JSON.stringify(document)).toContain('(sensitive)');
  });

  it('plans the same for the same, and otherwise when anything else is wanted', async () => {
    const order = bench.order();
    const first = await essenceOf(order);
    expect(await essenceOf(order)).toBe(first);
    expect(await essenceOf(again(order, { requestId: 'other' }))).toBe(first);
    expect(
      await essenceOf(again(order, { parameters: { sizeGb: 6 } })),
    ).not.toBe(first);
    expect(await essenceOf(again(order, { wanted: 'absent' }))).not.toBe(first);
  });

  it('takes a parameter as a value, whatever is in it', async () => {
    const order = bench.order();
    order.resource.name = '${file("/etc/hostname")} %{ if true }x%{ endif }';
    expect((await apply(order)).diskName).toBe(order.resource.name);
  });

  it('takes the id of what it takes over as a value, whatever is in it', async () => {
    const id = '${file("/etc/hostname")} $${x} %{ if true }x%{ endif } "\\n';
    const order = bench.order({}, { takesOver: {} });
    order.resource.existing = [{ address: 'terraform_data.disk', id }];
    const { changes, document } = await plan(order);
    expect(changes[0].title).toBe(
      `Take over ${id} as terraform_data.disk, and change it`,
    );
    const [disk] = (document as { resource_changes: { change: object }[] })
      .resource_changes;
    expect(disk.change).toMatchObject({ importing: { id } });
  });

  it('finds what was changed by hand, repairs it, and destroys it all', async () => {
    const order = bench.order();
    await apply(order);
    server.state = server.state
      ?.replace('"size": 5', '"size": 50')
      .replace('"size": 5', '"size": 50');
    expect(await engine.observe(order, bench.tools())).toMatchObject({
      state: 'drifted',
      changes: [{ action: 'update', address: 'terraform_data.disk' }],
    });
    await apply(again(order, {}));
    expect(await engine.observe(order, bench.tools())).toEqual({
      state: 'asWanted',
    });

    const end = again(order, { wanted: 'absent' });
    expect((await plan(end)).changes.map(({ action }) => action)).toEqual([
      'delete',
      'delete',
      'delete',
    ]);
    expect(await apply(end)).toEqual({});
    expect(await engine.observe(order, bench.tools())).toEqual({
      state: 'absent',
    });
    expect(bench.left(order)).toEqual([]);
  });

  it('does not take a newer module for drift', async () => {
    const order = bench.order();
    await apply(order);
    bench.appendToModule('\nresource "terraform_data" "more" {}\n');
    const { changes } = await plan(order);
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: 'create',
        address: 'terraform_data.more',
      }),
    );
    expect(await engine.observe(order, bench.tools())).toEqual({
      state: 'asWanted',
    });
  });

  it('refuses to apply a plan that something else has overtaken', async () => {
    const order = bench.order();
    const planned = await plan(order);
    await apply(order);
    await expect(engine.apply(order, planned, bench.tools())).rejects.toThrow(
      /Saved plan is stale/,
    );
  });

  it('says why it failed, and keeps what it made', async () => {
    const order = bench.order({ fail: true });
    const told = bench.tools();
    await expect(apply(order, told)).rejects.toThrow(
      /terraform apply failed: .*local-exec provisioner error/,
    );
    expect(told.lines.join('\n')).toMatch(/^Error: .*local-exec/m);
    expect(server.lock).toBeUndefined();
    const { changes } = await plan(again(order, { parameters: { sizeGb: 5 } }));
    expect(
      changes.map(({ action, address }) => `${action} ${address}`),
    ).toEqual(
      [
        'keep terraform_data.disk',
        'keep terraform_data.more',
        'replace terraform_data.last',
        'keep terraform_data.password',
      ].sort((a, b) => (a.split(' ')[1] < b.split(' ')[1] ? -1 : 1)),
    );
  });

  it('stops where nothing is half done when it is told to', async () => {
    const order = bench.order({ pause: 30 });
    const told = bench.tools();
    const running = apply(order, told);
    const stopped = running.catch(error => error);
    await bench.untilAtWork(order);
    told.abort();
    expect((await stopped).message).toContain('terraform apply failed');
    expect(server.lock).toBeUndefined();
    expect(server.state).toContain('"disk"');
  });

  it('goes on when the portal dies, and tells its outcome to the next', async () => {
    const order = bench.order({ pause: 2 });
    const planned = await plan(order);
    const portal = bench.tools();
    const running = engine.apply(order, planned, portal);
    const dead = running.catch(error => error);
    await bench.untilAtWork(order);
    portal.log = () => {
      throw new Error('The portal is dead');
    };
    const told = bench.tools();
    const { outputs } = await bench.engine().resume(order, told);
    expect(outputs.diskName).toBe('orders');
    expect(told.lines.join('\n')).toContain('Apply complete!');
    expect((await dead).message).toBe('The portal is dead');
  });

  it('goes on when its portal leaves it to the next', async () => {
    const order = bench.order({ pause: 2 });
    const portal = bench.tools();
    const left = apply(order, portal).catch(error => error);
    await bench.untilAtWork(order);
    portal.handOn();
    expect(await left).toBeInstanceOf(HandedOnError);
    const told = bench.tools();
    const { outputs } = await bench.engine().resume(order, told);
    expect(outputs.diskName).toBe('orders');
    expect(told.lines.join('\n')).toContain('Apply complete!');
  });

  it('that was killed is interrupted, for whoever began it and for the next', async () => {
    const order = bench.order({ pause: 30 });
    const running = apply(order);
    const interrupted = running.catch(error => error);
    const group = await bench.untilAtWork(order);
    process.kill(-group, 'SIGKILL');
    expect(await interrupted).toBeInstanceOf(InterruptedError);
    await expect(bench.engine().resume(order, bench.tools())).rejects.toThrow(
      /killed in the middle/,
    );
    // It never gave the lock back.
    expect(server.lock).toBeDefined();
  });

  it('that nobody here began is said to be unknown', async () => {
    await expect(engine.resume(bench.order(), bench.tools())).rejects.toThrow(
      InterruptedError,
    );
  });

  it('rides out a state server that is away for a while', async () => {
    let writes = 0;
    server.onWrite = () => {
      writes += 1;
      server.away = writes < 3;
    };
    const order = bench.order();
    await apply(order);
    expect(writes).toBeGreaterThanOrEqual(3);
    expect(await engine.observe(order, bench.tools())).toEqual({
      state: 'asWanted',
    });
  });

  it('keeps the state that nobody took, and hands it over before the next plan', async () => {
    const order = bench.order();
    const planned = await plan(order);
    const impatient = bench.engine({ TF_HTTP_RETRY_MAX: '0' });
    let away = false;
    server.onWrite = () => {
      away = true;
      server.away = true;
    };
    await expect(
      impatient.apply(order, planned, bench.tools()),
    ).rejects.toThrow(
      /stands in .*errored.tfstate alone, because the portal did not take the state/,
    );
    expect(away).toBe(true);
    expect(server.state).toBeUndefined();
    server.forget();
    const next = await plan(order);
    expect(server.state).toContain('hunter2-orders');
    expect(next.changes.every(({ action }) => action === 'keep')).toBe(true);
  });
});
