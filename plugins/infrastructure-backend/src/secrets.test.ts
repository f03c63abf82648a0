import { mockServices } from '@backstage/backend-test-utils';
import type { SecretSink } from '@waymark/plugin-infrastructure-node';
import { usePortal } from './__testUtils__/usePortal';
import { AuditTrail } from './audit/AuditTrail';
import { Cipher } from './encryption/Cipher';
import { RequestStore } from './requests/RequestStore';
import { SecretDeliveries } from './resources/SecretDeliveries';
import { Outputs } from './runs/Outputs';
import { SinkRules } from './runs/SinkRules';

const test = usePortal();

/** Keeps secrets in memory, as badly as a test wants. */
class TestSink implements SecretSink {
  readonly name = 'test';
  readonly kept = new Map<string, Record<string, string>>();
  deliveries = 0;
  broken = false;

  checkSettings(settings: object) {
    if (!('path' in settings)) throw new Error('There is no path');
  }

  async deliver(
    { settings }: Parameters<SecretSink['deliver']>[0],
    secrets: Record<string, string>,
  ) {
    if (this.broken) throw new Error('The sink is away');
    this.deliveries++;
    this.kept.set(settings.path as string, secrets);
    return `test/${settings.path}`;
  }

  async remove({ settings }: Parameters<SecretSink['remove']>[0]) {
    if (this.broken) throw new Error('The sink is away');
    this.kept.delete(settings.path as string);
  }
}

let sink: TestSink;
const rules = [
  {
    sink: 'test',
    environments: ['staging'],
    settings: { path: '${owner}/${environment}/${offering}/${name}' },
  },
];
beforeEach(async () => {
  sink = new TestSink();
  await test.restart({ sink, secretSinks: rules });
});

const path = 'ledger/staging/thing/orders-thing';
const amara = () => test.portal.as('amara');

async function made(wish: object = {}): Promise<string> {
  const { body } = await amara().ask(wish);
  return (await amara().until(body.id, 'done')).resourceId;
}

/** The secret as the page shows it, once it is delivered or is known to have failed. */
async function delivered(id: string) {
  for (;;) {
    const { body } = await amara().get(`/resources/${id}`);
    const [, secret] = body.outputs;
    if (secret.delivered || secret.delivering?.error) return secret;
  }
}

/** The same that the portal does every minute. */
function deliveries() {
  const { knex } = test;
  const sinks = new Map([['test', sink]]);
  return SecretDeliveries.create({
    knex,
    audit: new AuditTrail(knex),
    logger: mockServices.logger.mock(),
    outputs: new Outputs(
      knex,
      new Cipher([{ id: 'test', secret: 'for tests alone' }]),
      SinkRules.create(rules, sinks),
    ),
    requests: new RequestStore(knex),
    sinks,
  });
}

it('delivers secrets with what is needed to use them, and forgets them', async () => {
  const id = await made();
  expect(await delivered(id)).toMatchObject({
    delivered: { to: `test/${path}` },
  });
  expect(Object.fromEntries(sink.kept)).toEqual({
    [path]: { host: 'example.test', password: 'hunter22' },
  });
  const [row] = await test.knex('secrets').where({ resource_id: id });
  expect(row.sealed).toBeNull();
  const refused = await amara()
    .post(`/resources/${id}/secrets/password`)
    .expect(409);
  expect(refused.body.error.message).toBe(
    `password is in test/${path}, and not kept here`,
  );
  const audit = await test.portal.as('priya').get('/audit');
  const [entry] = audit.body.items.filter(
    ({ action }: { action: string }) => action === 'secret.delivered',
  );
  expect(entry.detail).toEqual({
    outputs: ['password'],
    sink: 'test',
    place: `test/${path}`,
  });
  expect(JSON.stringify(audit.body)).not.toContain('hunter22');

  await deliveries().work();
  expect(sink.deliveries).toBe(1);
});

it('keeps them encrypted while the sink is away, shows them to nobody, and tries again', async () => {
  sink.broken = true;
  const id = await made();
  expect(await delivered(id)).toMatchObject({
    delivering: { to: 'test', error: 'The sink is away' },
  });
  await amara().post(`/resources/${id}/secrets/password`).expect(409);
  sink.broken = false;
  await deliveries().work();
  expect(await delivered(id)).toMatchObject({ delivered: {} });
  expect(sink.kept.has(path)).toBe(true);
});

it('delivers what an update made anew', async () => {
  const id = await made();
  await delivered(id);
  const { body } = await amara().post('/requests', {
    kind: 'update',
    resourceId: id,
    parameters: { size: 2 },
  });
  await amara().until(body.id, 'done');
  await delivered(id);
  expect(sink.deliveries).toBe(2);
});

it('removes them with the resource', async () => {
  const id = await made();
  await delivered(id);
  sink.broken = true;
  const { body } = await amara().post('/requests', {
    kind: 'destroy',
    resourceId: id,
  });
  await amara().until(body.id, 'done');
  await deliveries().work();
  expect(sink.kept.size).toBe(1);
  sink.broken = false;
  await deliveries().work();
  expect(sink.kept.size).toBe(0);
  expect(await test.knex('secrets')).toEqual([]);
});

it('shows them once where no rule fits', async () => {
  await test.restart({
    sink,
    secretSinks: [{ ...rules[0], environments: ['production'] }],
  });
  const id = await made();
  const shown = await amara()
    .post(`/resources/${id}/secrets/password`)
    .expect(200);
  expect(shown.body.value).toBe('hunter22');
  expect(sink.deliveries).toBe(0);
});

it.each([
  [{ sink: 'other', settings: {} }, /names "other".*; there are test/],
  [{ sink: 'test', settings: {} }, /There is no path/],
  [
    { sink: 'test', settings: { path: '${team}' } },
    /uses \$\{team\}; there are name, environment, offering, owner/,
  ],
])('refuses to start with a rule that makes no sense: %j', (rule, message) => {
  expect(() => SinkRules.create([rule], new Map([['test', sink]]))).toThrow(
    message,
  );
});
