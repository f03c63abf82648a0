import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();
const lack = 'No cluster takes it up.';

const offered = async () => {
  const { body } = await test.portal.as('amara').get('/offerings');
  return body.items[0].shortfall;
};

/** Of an engine that brings about only a part of what offerings promise. */
it('says so where it is offered, when it is done, and of what there is', async () => {
  expect(await offered()).toBeUndefined();
  test.engine.lack = lack;
  expect(await offered()).toBe(lack);

  const amara = test.portal.as('amara');
  const { body } = await amara.ask();
  const done = await amara.until(body.id, 'done');
  expect(done).toMatchObject({
    message: `Made. ${lack}`,
    next: { text: 'The portal has done its part.' },
  });
  expect(done.history.at(-1)).toMatchObject({
    action: 'request.done',
    text: `Made. ${lack}`,
  });
  const { body: resource } = await amara.get(`/resources/${body.resourceId}`);
  expect(resource).toMatchObject({ state: 'ready', shortfall: lack });
});

it('says nothing of the kind where all is brought about', async () => {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask();
  const done = await amara.until(body.id, 'done');
  expect(done.message).toBeUndefined();
  expect(done.next.text).toMatch(/^It is ready/);
});
