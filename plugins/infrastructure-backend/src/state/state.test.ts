import { mockErrorHandler } from '@backstage/backend-test-utils';
import type { StateAccess } from '@waymark/plugin-infrastructure-node';
import express from 'express';
import type { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import request from 'supertest';
import { migrations, useDatabases } from '../__testUtils__/databases';
import { Cipher } from '../encryption/Cipher';
import { StateGrants } from './StateGrants';
import { createStateRouter } from './stateRouter';
import { StateService } from './StateService';
import { StateStore } from './StateStore';

jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
let grants: StateGrants;
let app: express.Express;

beforeAll(async () => {
  knex = await databases.init();
  grants = new StateGrants({ knex, baseUrl: async () => 'http://portal' });
  const states = StateService.create({
    store: new StateStore(knex),
    cipher: new Cipher([{ id: 'k1', secret: 'a secret' }]),
  });
  app = express()
    .use(createStateRouter({ grants, states }))
    .use(mockErrorHandler());
});

const state = (serial: number, change: object = {}) =>
  JSON.stringify({
    version: 4,
    serial,
    lineage: 'a',
    resources: [],
    ...change,
  });
const lock = (id: string) => JSON.stringify({ ID: id, Who: 'somebody' });

/** Somebody with a grant, who speaks to the state of a resource as Terraform does. */
class Client {
  constructor(readonly access: StateAccess, readonly resource: string) {}

  static async of(
    resource: string,
    options: { access?: 'read' | 'write'; holder?: string } = {},
  ) {
    const { access = 'write', holder = randomUUID() } = options;
    return new Client(
      await grants.issue({ resourceId: resource, holder, access }),
      resource,
    );
  }

  ask(
    method: 'get' | 'post' | 'delete' | 'lock' | 'unlock',
    body?: string | Buffer,
    id?: string,
  ) {
    const { username, password } = this.access;
    const asked = request(app)
      [method](`/state/${this.resource}`)
      .auth(username, password)
      .type('json');
    if (id) asked.query({ ID: id });
    return body === undefined ? asked : asked.send(body);
  }
}

describe('a state', () => {
  it('is there for the next run as it was written', async () => {
    const resource = randomUUID();
    const first = await Client.of(resource);
    expect((await first.ask('get')).status).toBe(204);
    expect((await first.ask('lock', lock('1'))).status).toBe(200);
    expect((await first.ask('post', state(1), '1')).status).toBe(200);
    expect((await first.ask('post', state(2), '1')).status).toBe(200);
    expect((await first.ask('unlock', lock('1'))).status).toBe(200);

    const next = await Client.of(resource, { access: 'read' });
    const answer = await next.ask('get');
    expect(answer.text).toBe(state(2));
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(first.access.address).toBe(`http://portal/state/${resource}`);
  });

  it('is kept in versions, and never in clear', async () => {
    const resource = randomUUID();
    const client = await Client.of(resource);
    await client.ask('lock', lock('1'));
    for (const serial of [1, 2, 3]) {
      await client.ask('post', state(serial, { secret: 'hunter2' }), '1');
    }
    const rows = await knex('state_versions').where({ resource_id: resource });
    expect(rows.map(({ serial }) => serial)).toEqual(['1', '2', '3']);
    for (const { sealed } of rows) {
      expect(sealed.toString('latin1')).not.toMatch(/hunter2|lineage/);
    }
    // Encrypted for this place: another version's bytes are no state here.
    await knex('state_versions')
      .where({ resource_id: resource, version: 3 })
      .update({ sealed: rows[0].sealed });
    expect((await client.ask('get')).status).toBe(500);
  });

  it('is gone once it is removed, and may begin anew', async () => {
    const client = await Client.of(randomUUID());
    await client.ask('lock', lock('1'));
    await client.ask('post', state(5), '1');
    expect((await client.ask('delete', undefined, '1')).status).toBe(200);
    expect((await client.ask('get')).status).toBe(204);
    const other = state(1, { lineage: 'b' });
    expect((await client.ask('post', other, '1')).status).toBe(200);
    expect((await client.ask('get')).text).toBe(other);
  });

  it('may be written twice by who got no answer, and follows the newest only', async () => {
    const client = await Client.of(randomUUID());
    await client.ask('lock', lock('1'));
    expect((await client.ask('post', state(2), '1')).status).toBe(200);
    expect((await client.ask('post', state(2), '1')).status).toBe(200);
    for (const [other, message] of [
      [state(2, { other: true }), 'serial 2 is kept already'],
      [state(1), 'serial 2 is kept already'],
      [state(3, { lineage: 'b' }), 'it belongs to something else'],
    ]) {
      const answer = await client.ask('post', other, '1');
      expect(answer.status).toBe(409);
      expect(answer.body.error.message).toContain(message);
    }
    expect((await client.ask('get')).text).toBe(state(2));
  });

  it.each([
    ['nothing', ''],
    ['half of one', state(1).slice(0, 20)],
    ['a list', '[]'],
    ['no serial', JSON.stringify({ version: 4, lineage: 'a' })],
    ['a serial below zero', state(-1)],
    ['bytes', Buffer.from([0xff, 0xfe, 0])],
  ])('that is %s is refused and changes nothing', async (_, body) => {
    const client = await Client.of(randomUUID());
    await client.ask('lock', lock('1'));
    await client.ask('post', state(1), '1');
    const answer = await client.ask('post', body, '1');
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('The state');
    expect((await client.ask('get')).text).toBe(state(1));
  });

  it('that was damaged on the way is refused', async () => {
    const client = await Client.of(randomUUID());
    await client.ask('lock', lock('1'));
    const md5 = createHash('md5').update(state(1)).digest('base64');
    const damaged = await client
      .ask('post', state(2), '1')
      .set('content-md5', md5);
    expect(damaged.status).toBe(400);
    const whole = await client
      .ask('post', state(1), '1')
      .set('content-md5', md5);
    expect(whole.status).toBe(200);
  });

  it('that is too large is refused', async () => {
    const client = await Client.of(randomUUID());
    await client.ask('lock', lock('1'));
    const answer = await client.ask('post', ' '.repeat(33 * 1024 ** 2), '1');
    expect(answer.status).toBe(413);
  });
});

describe('the lock', () => {
  it('goes to one of many, and the others learn to whom', async () => {
    const resource = randomUUID();
    const clients = await Promise.all(
      Array.from({ length: 8 }, () => Client.of(resource)),
    );
    const answers = await Promise.all(
      clients.map((client, index) => client.ask('lock', lock(`lock-${index}`))),
    );
    const winners = answers.flatMap(({ status }, index) =>
      status === 200 ? [index] : [],
    );
    expect(winners).toHaveLength(1);
    for (const { status, body } of answers.filter(a => a.status !== 200)) {
      expect(status).toBe(423);
      expect(body).toEqual({ ID: `lock-${winners[0]}`, Who: 'somebody' });
    }
  });

  it('may be asked for and given back twice by who got no answer', async () => {
    const client = await Client.of(randomUUID());
    for (const method of ['lock', 'lock', 'unlock', 'unlock'] as const) {
      expect((await client.ask(method, lock('1'))).status).toBe(200);
    }
  });

  it('is needed for writing', async () => {
    const resource = randomUUID();
    const client = await Client.of(resource);
    expect((await client.ask('post', state(1))).status).toBe(409);
    await client.ask('lock', lock('1'));
    expect((await client.ask('post', state(1))).status).toBe(409);
    expect((await client.ask('post', state(1), 'other')).status).toBe(409);
    const stranger = await Client.of(resource);
    expect((await stranger.ask('post', state(1), '1')).status).toBe(409);
    expect((await stranger.ask('delete', undefined, '1')).status).toBe(409);
    expect((await stranger.ask('unlock', lock('1'))).status).toBe(409);
    expect((await client.ask('get')).status).toBe(204);
  });

  const lapses: [
    string,
    (holder: string, resource: string) => Promise<unknown>,
  ][] = [
    [
      'whose lease is over',
      (_, resource) =>
        knex('states')
          .where({ resource_id: resource })
          .update({ lock_until: knex.raw(`now() - interval '1 second'`) }),
    ],
    ['of a run that ended', holder => grants.revoke(holder)],
  ];
  it.each(lapses)(
    '%s can be taken, and its holder is fenced off',
    async (_, lapse) => {
      const resource = randomUUID();
      const holder = randomUUID();
      const late = await Client.of(resource, { holder });
      await late.ask('lock', lock('late'));
      await late.ask('post', state(1), 'late');
      const next = await Client.of(resource);
      expect((await next.ask('lock', lock('next'))).status).toBe(423);
      await lapse(holder, resource);
      expect((await next.ask('lock', lock('next'))).status).toBe(200);
      expect([401, 409]).toContain(
        (await late.ask('post', state(2), 'late')).status,
      );
      expect([401, 409]).toContain(
        (await late.ask('unlock', lock('late'))).status,
      );
      expect((await next.ask('post', state(2), 'next')).status).toBe(200);
    },
  );

  it('is held on to by writing', async () => {
    const resource = randomUUID();
    const client = await Client.of(resource);
    await client.ask('lock', lock('1'));
    await knex('states')
      .where({ resource_id: resource })
      .update({ lock_until: knex.raw(`now() - interval '1 second'`) });
    // Nobody took it meanwhile.
    expect((await client.ask('post', state(1), '1')).status).toBe(200);
    const other = await Client.of(resource);
    expect((await other.ask('lock', lock('2'))).status).toBe(423);
  });

  it.each(['', 'null', '{}', '{"ID": 7}'])(
    'asked for with %p is refused',
    async body => {
      const client = await Client.of(randomUUID());
      expect((await client.ask('lock', body)).status).toBe(400);
    },
  );
});

describe('whoever has no grant', () => {
  it('reaches nothing', async () => {
    const resource = randomUUID();
    const client = await Client.of(resource);
    const { username } = client.access;
    for (const [user, password] of [
      [username, 'wrong'],
      [username, ''],
      [randomUUID(), client.access.password],
      ['nobody', 'x'],
      ["' or true --", 'x'],
    ]) {
      const answer = await request(app)
        .get(`/state/${resource}`)
        .auth(user, password);
      expect(answer.status).toBe(401);
    }
    for (const header of ['', 'Basic', 'Basic !', 'Bearer x', 'Basic eA==']) {
      const answer = await request(app)
        .get(`/state/${resource}`)
        .set('authorization', header);
      expect(answer.status).toBe(401);
    }
  });

  it('of this resource reaches that of no other', async () => {
    const other = await Client.of(randomUUID());
    const mine = await Client.of(randomUUID());
    const { username, password } = mine.access;
    for (const method of ['get', 'post', 'delete', 'lock', 'unlock'] as const) {
      const answer = await request(app)
        [method](`/state/${other.resource}`)
        .auth(username, password)
        .query({ ID: '1' })
        .send(state(1));
      expect(answer.status).toBe(403);
    }
  });

  it('for writing can look only', async () => {
    const client = await Client.of(randomUUID(), { access: 'read' });
    expect((await client.ask('get')).status).toBe(204);
    expect((await client.ask('lock', lock('1'))).status).toBe(403);
    expect((await client.ask('post', state(1), '1')).status).toBe(403);
    expect((await client.ask('delete', undefined, '1')).status).toBe(403);
    expect((await client.ask('unlock', lock('1'))).status).toBe(403);
  });

  it('any more is turned away', async () => {
    const holder = randomUUID();
    const ended = await Client.of(randomUUID(), { holder });
    await grants.revoke(holder);
    expect((await ended.ask('get')).status).toBe(401);
    const expired = await Client.of(randomUUID());
    await knex('state_grants')
      .where({ id: expired.access.username })
      .update({ expires_at: knex.raw(`now() - interval '1 second'`) });
    expect((await expired.ask('get')).status).toBe(401);
  });

  it('finds no token in the database', async () => {
    const client = await Client.of(randomUUID());
    const row = await knex('state_grants')
      .where({ id: client.access.username })
      .first();
    expect(JSON.stringify(row)).not.toContain(client.access.password);
  });
});

it('goes down and up again with rows in its tables', async () => {
  const client = await Client.of(randomUUID());
  await client.ask('lock', lock('1'));
  await client.ask('post', state(1), '1');
  await knex.migrate.down({
    directory: migrations,
    name: '20261123030000_create_state.js',
  });
  expect(await knex.schema.hasTable('states')).toBe(false);
  await knex.migrate.up({
    directory: migrations,
    name: '20261123030000_create_state.js',
  });
  const next = await Client.of(client.resource);
  expect((await next.ask('get')).status).toBe(204);
});
