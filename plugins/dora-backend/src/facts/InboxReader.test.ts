import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { useDatabases } from '../__testUtils__/databases';
import { TestSource } from '../__testUtils__/portal';
import { InboxStore } from '../ingest/InboxStore';
import { SourceRegistry } from '../ingest/SourceRegistry';
import { FactStore } from './FactStore';
import { InboxReader } from './InboxReader';
import type { Locator } from './Locator';

jest.setTimeout(60_000);

const databases = useDatabases();
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});

it('tries a delivery again whose component could not be looked up', async () => {
  const inbox = new InboxStore(knex);
  const sources = new SourceRegistry();
  sources.addSource(new TestSource());
  const reader = InboxReader.create({
    knex,
    inbox,
    sources,
    store: new FactStore(),
    locator: {
      locate: async () => {
        throw new Error('terminating connection');
      },
    } as Partial<Locator> as Locator,
    logger: mockServices.logger.mock(),
  });
  const [{ id }] = await inbox.add([
    {
      source: 'test',
      deliveryId: 'one',
      headers: {},
      body: Buffer.from('{"facts":[{}]}'),
    },
  ]);
  await reader.readSome();
  expect(await inbox.find(id)).toMatchObject({ state: 'waiting', attempts: 1 });
});
