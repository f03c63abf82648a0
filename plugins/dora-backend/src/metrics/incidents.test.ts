import type { IncidentPage } from '@waymark/plugin-dora-common';
import { useDatabases } from '../__testUtils__/databases';
import { deployment, entities, lines } from '../__testUtils__/example';
import { startPortal, TestSource } from '../__testUtils__/portal';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const databases = useDatabases();

it('lists incidents with the names of the deployments that caused them', async () => {
  const portal = await startPortal({
    knex: await databases.init(),
    source: new TestSource(),
    denied: new Set(),
    groups: [],
    entities,
  });
  const incident = (id: string, more: object) => ({
    type: 'incident',
    id,
    service: 'payments',
    createdAt: '2026-03-02T11:00:00Z',
    resolvedAt: null,
    ...more,
  });
  await portal.import(
    lines(
      deployment('d1', { sha: '1a2b3c4d5e6f' }),
      incident('caused', { causedBy: { deployment: 'd1' } }),
      incident('elsewhere', { isChangeRelated: false }),
    ),
  );
  await portal.settled();
  const { body } = await portal.get('/incidents?from=2026-03-01&to=2026-03-10');
  const { items } = body as IncidentPage;
  const linkOf = (id: string) =>
    items.find(({ externalId }) => externalId === id)?.link;
  expect(linkOf('caused')).toMatchObject({
    name: '1a2b3c4d',
    evidence: 'namedDeployment',
  });
  expect(linkOf('elsewhere')).toBeNull();
});
