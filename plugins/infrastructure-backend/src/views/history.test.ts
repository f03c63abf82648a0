import type { HistoryEntry } from '@waymark/plugin-infrastructure-common';
import { usePortal } from '../__testUtils__/usePortal';
import { AuditTrail } from '../audit/AuditTrail';

const test = usePortal();

const textsOf = (entries: HistoryEntry[]) => entries.map(({ text }) => text);

it('shows the newest of what happened to a request, and leads to the rest', async () => {
  const amara = test.portal.as('amara');
  const { body: asked } = await amara.ask().expect(202);
  const { history: known } = await amara.until(asked.id, 'done');
  const said = Array.from({ length: 450 }, (_, index) => `Comment ${index}`);
  await test.knex.transaction(tx =>
    new AuditTrail(test.knex).append(
      tx,
      said.map(text => ({
        action: 'request.commented',
        by: 'user:default/tomas',
        request: asked.id,
        detail: { text },
      })),
    ),
  );

  const at = `/requests/${asked.id}`;
  const { body: seen } = await test.portal.as('tomas').get(at).expect(200);
  expect(textsOf(seen.history)).toEqual(said.slice(250));
  expect(seen.earlierHistory).toBe(known.length + 250);

  const before = async (number: number) =>
    (
      await test.portal
        .as('tomas')
        .get(`${at}/history?before=${number}`)
        .expect(200)
    ).body;
  const second = await before(seen.history[0].number);
  expect(textsOf(second.items)).toEqual(said.slice(50, 250));
  expect(second.earlier).toBe(known.length + 50);
  const first = await before(second.items[0].number);
  expect(first.items.slice(0, known.length)).toEqual(known);
  expect(first.earlier).toBe(0);
  expect(await before(known[0].number)).toEqual({ items: [], earlier: 0 });
  const { body: newest } = await test.portal.as('tomas').get(`${at}/history`);
  expect(newest.items).toEqual(seen.history);
}, 60_000);

it('knows of no history of what nobody asked for', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const { body } = await test.portal
    .as('tomas')
    .get(`/requests/${id}/history`)
    .expect(404);
  expect(body.error.message).toBe(`There is no request ${id}`);
});
