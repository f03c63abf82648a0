import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

const wish = {
  name: 'orders-thing',
  environment: 'staging',
  owner: 'group:default/ledger',
  parameters: { size: 1 },
};
const forbidden = { size: 1, public: true };

describe('a draft', () => {
  it('is kept when what was asked for is denied, and gone once it is under way', async () => {
    const amara = test.portal.as('amara');
    const denied = { ...wish, parameters: forbidden };
    await amara.put('/drafts/thing', denied).expect(200);
    const { body } = await amara.ask({ parameters: forbidden }).expect(202);
    expect(body.state).toBe('denied');
    expect((await amara.get('/drafts/thing')).body.wish).toEqual(denied);

    await amara.ask().expect(202);
    expect((await amara.get('/drafts/thing')).body).toEqual({});
  });
});

describe('a request of which nothing came', () => {
  const mayAskAgain = async (person: string, id: string) => {
    const { body } = await test.portal.as(person).get(`/requests/${id}`);
    return body.may.askAgain;
  };

  it('may be asked again by those who may ask, with what it asked for', async () => {
    const { body } = await test.portal
      .as('amara')
      .ask({ parameters: forbidden, reason: 'Everybody reads it' });
    expect(body).toMatchObject({
      state: 'denied',
      parameters: forbidden,
      reason: 'Everybody reads it',
      may: { askAgain: true },
    });
    expect(await mayAskAgain('jonas', body.id)).toBe(true);
    expect(await mayAskAgain('tomas', body.id)).toBe(false);
  });

  it('is one that was given up, and none that is under way or done', async () => {
    const amara = test.portal.as('amara');
    const { body } = await amara.ask({ environment: 'production' });
    await amara.until(body.id, 'pendingApproval');
    expect(await mayAskAgain('amara', body.id)).toBe(false);
    await amara.post(`/requests/${body.id}/cancel`).expect(200);
    expect(await mayAskAgain('amara', body.id)).toBe(true);

    const { body: made } = await amara.ask({ name: 'made' });
    await amara.until(made.id, 'done');
    expect(await mayAskAgain('amara', made.id)).toBe(false);
  });

  it('is a change while the resource lives, and no other kind', async () => {
    const amara = test.portal.as('amara');
    const { body: made } = await amara.ask();
    await amara.until(made.id, 'done');
    const change = async (kind: string, more: object = {}) => {
      const { body } = await amara
        .post('/requests', { kind, resourceId: made.resourceId, ...more })
        .expect(202);
      return body.id;
    };
    const update = await change('update', { parameters: forbidden });
    expect(await mayAskAgain('amara', update)).toBe(true);

    const destroy = await change('destroy');
    await amara.until(destroy, 'done');
    expect(await mayAskAgain('amara', update)).toBe(false);
  });

  it('is a takeover, for who asked for it, with what stands there', async () => {
    const existing = [{ address: 'thing', id: 'made-by-hand' }];
    const { body } = await test.portal
      .as('priya')
      .ask({ kind: 'import', existing, parameters: forbidden });
    expect(body).toMatchObject({
      state: 'denied',
      existing,
      may: { askAgain: true },
    });
  });
});
