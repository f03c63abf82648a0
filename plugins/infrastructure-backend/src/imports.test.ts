import { randomUUID } from 'node:crypto';
import { Cipher } from './encryption/Cipher';
import { StateService } from './state/StateService';
import { StateStore } from './state/StateStore';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();
const existing = [{ address: 'thing', id: 'made-by-hand' }];

const take = (person: string, wish: object = {}) =>
  test.portal.as(person).ask({ kind: 'import', existing, ...wish });

const search = async () => {
  const { body } = await test.portal.as('priya').get('/orphans').expect(200);
  return body;
};

describe('what was made elsewhere', () => {
  it('becomes a resource by the path of every request', async () => {
    const { body } = await take('priya').expect(202);
    const done = await test.portal.as('priya').until(body.id, 'done');
    expect(done.kind).toBe('import');
    expect(test.engine.ordered).toMatchObject({
      resource: { existing },
      takesOver: {},
      wanted: 'present',
    });
    const resource = await test.portal
      .as('amara')
      .get(`/resources/${done.resourceId}`);
    expect(resource.body).toMatchObject({
      state: 'ready',
      owner: 'group:default/ledger',
      existing,
      tags: { team: 'ledger' },
    });

    // Afterwards its engine knows it, and takes nothing over again.
    const update = await test.portal.as('amara').post('/requests', {
      kind: 'update',
      resourceId: done.resourceId,
      parameters: { size: 2 },
    });
    await test.portal.as('amara').until(update.body.id, 'done');
    expect(test.engine.ordered).toMatchObject({ resource: { existing } });
    expect(test.engine.ordered).not.toHaveProperty('takesOver');
  });

  it('is judged like what is new', async () => {
    const denied = await take('priya', {
      parameters: { size: 1, public: true },
    });
    expect(denied.body).toMatchObject({
      state: 'denied',
      decision: {
        rules: [expect.objectContaining({ rule: 'no-public-access' })],
      },
    });
    expect(test.engine.ordered).toBeUndefined();
    const asked = await take('priya', { environment: 'production' });
    await test.portal.as('priya').until(asked.body.id, 'pendingApproval');
  });

  it('is taken over by those who keep the platform alone', async () => {
    for (const person of ['amara', 'jonas']) {
      expect((await take(person)).status).toBe(403);
    }
    const { status } = await test.portal.as('amara').get('/orphans');
    expect(status).toBe(403);
  });

  it('belongs to one resource', async () => {
    const { body } = await take('priya').expect(202);
    await test.portal.as('priya').until(body.id, 'done');
    const again = await take('priya', { name: 'another' }).expect(409);
    expect(again.body.error.message).toMatch(
      /belongs to the resource orders-thing .* already/,
    );
  });

  it.each([
    [{ existing: [] }, 400, /existing must name one/],
    [{ existing: undefined }, 400, /existing must name one/],
    [{ existing: [{ address: 'thing' }] }, 400, /existing/],
    [{ existing, name: undefined }, 400, /name is needed/],
    [{ existing, resourceId: randomUUID() }, 400, /a new resource has none/],
  ])('is refused with %j', async (wish, status, message) => {
    const { body } = await take('priya', wish).expect(status);
    expect(body.error.message).toMatch(message);
  });
});

/** Has the portal keep a state for a resource, as a run of an engine does. */
async function keepState(resourceId: string, standing: object[]) {
  const states = StateService.create({
    store: new StateStore(test.knex),
    cipher: new Cipher([{ id: 'test', secret: 'for tests alone' }]),
  });
  const grant = {
    id: randomUUID(),
    resourceId,
    holder: randomUUID(),
    access: 'write' as const,
  };
  const state = { version: 4, serial: 1, lineage: resourceId, standing };
  await states.lock(grant, Buffer.from(JSON.stringify({ ID: 'lock' })));
  await states.write(grant, Buffer.from(JSON.stringify(state)), 'lock');
}

describe('the search for orphans', () => {
  const standing = (resourceId: string) => ({
    resourceId,
    requestId: randomUUID(),
    title: `thing of ${resourceId}`,
    existing,
  });

  it('finds what has our mark and no living record, which can be adopted', async () => {
    const made = await test.portal.as('amara').ask({ name: 'living' });
    await test.portal.as('amara').until(made.body.id, 'done');
    const lost = randomUUID();
    test.engine.standing = [
      standing(made.body.resourceId),
      standing(lost),
      standing('no-id-of-ours'),
    ];
    const { orphans, gone, searched } = await search();
    expect(orphans).toMatchObject([
      { engine: 'test', offering: 'thing', resourceId: lost, existing },
      { resourceId: 'no-id-of-ours' },
    ]);
    expect(gone).toEqual([]);
    expect(searched).toEqual([{ engine: 'test', offering: 'thing' }]);

    await take('priya', { markedFor: made.body.resourceId }).expect(409);
    const { body } = await take('priya', { markedFor: lost }).expect(202);
    await test.portal.as('priya').until(body.id, 'done');
    expect(test.engine.ordered).toMatchObject({
      takesOver: { markedFor: lost },
    });
  });

  it('finds what still stands by the state of what has ended, until it is adopted', async () => {
    const [living, ended] = await Promise.all(
      ['living', 'ended'].map(async name => {
        const { body } = await test.portal.as('amara').ask({ name });
        await test.portal.as('amara').until(body.id, 'done');
        return body;
      }),
    );
    await test
      .knex('resources')
      .where({ id: ended.resourceId })
      .update({ state: 'destroyed' });
    const unknown = randomUUID();
    await keepState(living.resourceId, [{ address: 'thing', id: 'in-use' }]);
    await keepState(ended.resourceId, existing);
    await keepState(unknown, [{ address: 'thing', id: 'nobodys' }]);
    await keepState(randomUUID(), []);
    const found = async () =>
      Object.fromEntries(
        (await search()).orphans.map((orphan: { resourceId: string }) => [
          orphan.resourceId,
          orphan,
        ]),
      );
    expect(await found()).toEqual({
      [ended.resourceId]: {
        engine: 'test',
        offering: 'thing',
        resourceId: ended.resourceId,
        requestId: ended.id,
        title: 'In the state of ended (staging), which is destroyed',
        existing,
      },
      [unknown]: {
        engine: 'test',
        offering: 'thing',
        resourceId: unknown,
        requestId: '',
        title: 'In the state of a resource without any record',
        existing: [{ address: 'thing', id: 'nobodys' }],
      },
    });

    const { body } = await take('priya', { markedFor: ended.resourceId });
    await test.portal.as('priya').until(body.id, 'done');
    expect(Object.keys(await found())).toEqual([unknown]);
  });

  it('says which state cannot be read, and searches on', async () => {
    await keepState(randomUUID(), existing);
    test.engine.remaining = () => {
      throw new Error('it is no state');
    };
    expect(await search()).toEqual({
      orphans: [],
      gone: [],
      searched: [
        { engine: 'test', offering: 'thing' },
        {
          engine: 'test',
          offering: 'thing',
          problem:
            'The state of a resource without any record cannot be read: it is no state',
        },
      ],
    });
  });

  it('names the records whose thing is gone', async () => {
    const made = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(made.body.id, 'done');
    await test.knex('resources').update({ gone: true });
    expect((await search()).gone).toMatchObject([
      { id: made.body.resourceId, name: 'orders-thing' },
    ]);
  });

  it('says where it could not look', async () => {
    test.engine.survey = async () => {
      throw new Error('the server is away');
    };
    expect((await search()).searched).toEqual([
      { engine: 'test', offering: 'thing', problem: 'the server is away' },
    ]);
  });
});
