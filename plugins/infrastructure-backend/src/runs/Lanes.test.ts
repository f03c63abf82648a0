import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

it('plans on while as many as may be are applied, and keeps the rest in line', async () => {
  const { engine, portal } = test;
  let finish = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  engine.onApply = () => finished;
  const teams = [
    { person: 'amara', owner: 'group:default/ledger', count: 5 },
    { person: 'tomas', owner: 'group:default/storefront', count: 4 },
  ];
  const asked: { person: string; id: string }[] = [];
  for (const { person, owner, count } of teams) {
    for (let number = 0; number < count; number += 1) {
      const { body } = await portal
        .as(person)
        .ask({ owner, component: undefined, name: `thing-${asked.length}` })
        .expect(202);
      // One after the other, so that it is known who comes last.
      await portal.as(person).until(body.id, 'queued', 'applying');
      asked.push({ person, id: body.id });
    }
  }
  const last = asked[asked.length - 1];
  for (const { person, id } of asked.slice(0, -1)) {
    await portal.as(person).until(id, 'applying');
  }
  expect((await portal.as(last.person).until(last.id, 'queued')).runs).toEqual([
    expect.objectContaining({ kind: 'plan', state: 'done' }),
    expect.objectContaining({ kind: 'apply', state: 'waiting' }),
  ]);
  finish();
  await portal.as(last.person).until(last.id, 'done');
}, 60_000);
