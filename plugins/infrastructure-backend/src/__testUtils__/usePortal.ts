import type { Knex } from 'knex';
import { useDatabases } from './databases';
import { startPortal, type Portal } from './portal';
import { TestEngine } from './TestEngine';

/** A portal for each test, on a database of its own. */
export type PortalUnderTest = {
  knex: Knex;
  engine: TestEngine;
  portal: Portal;
  /** Starts it anew with other settings on the same database. */
  restart(options: Partial<Parameters<typeof startPortal>[0]>): Promise<void>;
};

/** Gives every test of a file a portal. */
export function usePortal(): PortalUnderTest {
  const databases = useDatabases();
  const under = {
    async restart(options: Partial<Parameters<typeof startPortal>[0]>) {
      await under.portal.stop();
      under.portal = await startPortal({
        knex: under.knex,
        engine: under.engine,
        ...options,
      });
    },
  } as PortalUnderTest;
  beforeEach(async () => {
    under.knex = await databases.init();
    under.engine = new TestEngine();
    under.portal = await startPortal({
      knex: under.knex,
      engine: under.engine,
    });
  });
  afterEach(() => under.portal.stop());
  return under;
}
