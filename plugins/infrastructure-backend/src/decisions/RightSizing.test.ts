import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

async function made(name: string, size: number): Promise<string> {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask({ name, parameters: { size } }).expect(202);
  await amara.until(body.id, 'done');
  return body.resourceId;
}

async function preview(size: number, wish: object = {}) {
  const { body } = await test.portal
    .as('amara')
    .post('/offerings/thing/preview', {
      name: 'next-thing',
      environment: 'staging',
      owner: 'group:default/ledger',
      parameters: { size },
      ...wish,
    })
    .expect(200);
  return body;
}

describe('what a team asks for, beside what it runs', () => {
  it('is said to be larger, with the evidence and what the usual size would save', async () => {
    const ids = [await made('one', 2), await made('two', 2)];
    await made('three', 3);
    const { hints } = await preview(20);
    expect(hints).toEqual([
      {
        parameter: 'size',
        value: '20',
        usual: '2',
        // Twice a dollar for each unit, by the upper end.
        monthlySaving: 36,
        compared: 3,
        evidence: expect.arrayContaining([
          { resourceId: ids[0], name: 'one', value: '2' },
        ]),
      },
    ]);
    expect(hints[0].evidence).toHaveLength(3);
  });

  it('needs no word when it is as usual or smaller, or elsewhere', async () => {
    await made('one', 2);
    await made('two', 2);
    expect(await preview(2)).not.toHaveProperty('hints');
    expect(await preview(1)).not.toHaveProperty('hints');
    expect(await preview(20, { environment: 'production' })).not.toHaveProperty(
      'hints',
    );
  });

  it('is compared with nothing while there is only one other', async () => {
    await made('one', 2);
    expect(await preview(20)).not.toHaveProperty('hints');
  });

  it('stands on the page of what is there as well, and does not count itself', async () => {
    await made('one', 2);
    const large = await made('large', 20);
    const amara = test.portal.as('amara');
    const read = async () => (await amara.get(`/resources/${large}`)).body;
    expect(await read()).not.toHaveProperty('hints');
    await made('two', 2);
    expect((await read()).hints).toMatchObject([
      { parameter: 'size', usual: '2', compared: 2 },
    ]);
  });
});
