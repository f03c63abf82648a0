import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  HandedOnError,
  InterruptedError,
  type Order,
} from '@waymark/plugin-infrastructure-node';
import { Bench, executable } from '../__testUtils__/Bench';
import { FakeHcpTerraform } from '../__testUtils__/FakeHcpTerraform';
import { StateServer } from '../__testUtils__/StateServer';

jest.setTimeout(120_000);

const withTerraform = executable ? describe : describe.skip;

withTerraform('Terraform that HCP Terraform runs', () => {
  const folder = createMockDirectory();
  const bench = new Bench(new StateServer());
  let hcp: FakeHcpTerraform;
  beforeEach(async () => {
    folder.clear();
    hcp = new FakeHcpTerraform(folder.path, executable!);
    await hcp.start();
  });
  afterEach(() => hcp.stop());

  const engineOf = (change: object = {}) =>
    bench.cloud({
      address: hcp.address,
      organization: 'larkspur',
      token: hcp.token,
      pollMs: 5,
      ...change,
    });
  const plan = (order: Order) => engineOf().plan(order, bench.tools());
  async function apply(order: Order, told = bench.tools()) {
    return (await engineOf().apply(order, await plan(order), told)).outputs;
  }
  const observe = (order: Order) => engineOf().observe(order, bench.tools());
  const again = (order: Order, change: Partial<Order>): Order => ({
    ...order,
    requestId: `${order.requestId.slice(0, 8)}-again`,
    ...change,
  });

  it('plans, applies, finds drift, repairs it and destroys, in a workspace of its own', async () => {
    const order = bench.order();
    const told = bench.tools();
    expect(await observe(order)).toEqual({ state: 'absent' });
    const planned = await engineOf().plan(order, told);
    expect(
      planned.changes.map(({ action, address }) => [action, address]),
    ).toEqual([
      ['create', 'terraform_data.disk'],
      ['create', 'terraform_data.last'],
      ['create', 'terraform_data.password'],
    ]);
    expect(hcp.only.name).toBe(`waymark-${order.resource.id}`);
    expect(hcp.only.state).toBeUndefined();
    expect(hcp.runs[0].status).toBe('planned_and_saved');

    const { outputs } = await engineOf().apply(order, planned, told);
    expect(outputs).toEqual({
      diskName: 'orders',
      adminPassword: 'hunter2-orders',
    });
    expect(told.steps).toEqual([
      'Plan in HCP Terraform',
      'Apply in HCP Terraform',
    ]);
    expect(told.lines).toContain(`Workspace ${hcp.only.name}`);
    expect(told.lines.join('\n')).toContain(
      'module.resource.terraform_data.disk: Creation complete',
    );
    expect(
      told.lines.filter(line => /^Apply complete/.test(line)),
    ).toHaveLength(1);
    for (const shown of [planned.changes, planned.document, told.lines]) {
      expect(JSON.stringify(shown)).not.toMatch(/hunter2|a-team-token/);
    }
    expect(told.secrets).toEqual(
      expect.arrayContaining(['hunter2-orders', hcp.token]),
    );
    expect(await observe(order)).toEqual({ state: 'asWanted' });

    hcp.only.state = hcp.only.state?.replaceAll('"size": 5', '"size": 50');
    expect(await observe(order)).toMatchObject({
      state: 'drifted',
      changes: [{ action: 'update', address: 'terraform_data.disk' }],
    });
    await apply(again(order, {}));
    expect(await observe(order)).toEqual({ state: 'asWanted' });

    expect(await apply(again(order, { wanted: 'absent' }))).toEqual({});
    expect(hcp.workspaces.size).toBe(0);
    expect(await observe(order)).toEqual({ state: 'absent' });
  });

  it('plans the same for the same, and changes nothing where nothing is to be', async () => {
    const order = bench.order();
    const first = await plan(order);
    expect((await plan(order)).essence).toEqual(first.essence);
    const other = again(order, { parameters: { sizeGb: 6 } });
    expect((await plan(other)).essence).not.toEqual(first.essence);
    await apply(order);
    const same = again(order, {});
    expect(await apply(same)).toMatchObject({ diskName: 'orders' });
    expect(hcp.runs.at(-1)?.status).toBe('planned_and_finished');
  });

  it('does not apply a plan that another has overtaken', async () => {
    const order = bench.order();
    const planned = await plan(order);
    await apply(order);
    await expect(
      engineOf().apply(order, planned, bench.tools()),
    ).rejects.toThrow(/Saved plan is stale.*transition not allowed/);
  });

  it('says why it failed, and keeps what it made', async () => {
    await expect(apply(bench.order({ fail: true }))).rejects.toThrow(
      /terraform apply failed: .*local-exec provisioner error/,
    );
    expect(hcp.only.state).toContain('"disk"');
    await expect(plan(bench.order({ sizeGb: 'many' }))).rejects.toThrow(
      /terraform plan failed: .*number/,
    );
  });

  it('asks to stop when it is told to', async () => {
    const order = bench.order({ pause: 30 });
    const told = bench.tools();
    const stopped = apply(order, told).catch(error => error);
    while (!told.lines.some(line => /last: Provisioning/.test(line))) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    told.abort();
    expect((await stopped).message).toMatch(/terraform apply failed/);
    expect(told.lines).toContain(
      'Asked HCP Terraform to stop where nothing is half done',
    );
  });

  it('goes on when the portal dies, and any other portal follows it', async () => {
    const order = bench.order({ pause: 1 });
    const planned = await plan(order);
    const portal = bench.tools();
    portal.log = () => {
      throw new Error('The portal is dead');
    };
    await expect(engineOf().apply(order, planned, portal)).rejects.toThrow(
      'The portal is dead',
    );
    const told = bench.tools();
    const { outputs } = await engineOf().resume(order, told);
    expect(outputs.diskName).toBe('orders');
    expect(told.lines.join('\n')).toContain('Apply complete!');
  });

  it('is not asked to stop by a portal that leaves it to the next', async () => {
    const order = bench.order({ pause: 1 });
    const planned = await plan(order);
    const portal = bench.tools();
    portal.log = portal.handOn;
    await expect(engineOf().apply(order, planned, portal)).rejects.toThrow(
      HandedOnError,
    );
    const { outputs } = await engineOf().resume(order, bench.tools());
    expect(outputs.diskName).toBe('orders');
  });

  it('is interrupted where the portal loses sight of it', async () => {
    const order = bench.order({ pause: 1 });
    const planned = await plan(order);
    const told = bench.tools();
    told.log = () => hcp.troubles.push(503, 503, 503, 503, 503);
    await expect(engineOf().apply(order, planned, told)).rejects.toThrow(
      /lost sight of the run run-1 of the workspace waymark-.* Look there/,
    );
    hcp.troubles.length = 0;
    const { outputs } = await engineOf().resume(order, bench.tools());
    expect(outputs.diskName).toBe('orders');
  });

  it('that nobody told to apply is said to be so', async () => {
    const order = bench.order();
    const resume = () => engineOf().resume(order, bench.tools());
    await expect(resume()).rejects.toThrow(InterruptedError);
    await plan(order);
    await expect(resume()).rejects.toThrow(/no run of this request/);
  });

  it('rides out a service that is busy, and an answer that got lost', async () => {
    hcp.troubles.push(429, 503);
    const order = bench.order();
    const planned = await plan(order);
    const told = bench.tools();
    const applying = engineOf().apply(order, planned, told);
    expect((await applying).outputs.diskName).toBe('orders');
    // The same answer asked for again is no news.
    expect(
      (await engineOf().apply(order, planned, bench.tools())).outputs,
    ).toEqual((await applying).outputs);
  });

  it('says what keeps it from running', async () => {
    expect(await engineOf().unavailable()).toBeUndefined();
    expect(await engineOf({ token: 'wrong' }).unavailable()).toMatch(
      /does not let the portal do this; check infrastructure.terraform.cloud.token/,
    );
    expect(await engineOf({ organization: 'lost' }).unavailable()).toMatch(
      /has no organization "lost"/,
    );
    hcp.troubles.push(503, 503, 503, 503, 503);
    expect(await engineOf().unavailable()).toMatch(
      /cannot be reached just now: it answers 503/,
    );
  });
});
