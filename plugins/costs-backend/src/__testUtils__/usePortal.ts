import type { Entity } from '@backstage/catalog-model';
import { emptied } from '@waymark/plugin-testing-node';
import type { Knex } from 'knex';
import { useDatabases } from './databases';
import { startPortal, type AuditEvent, type Portal } from './portal';

/** A portal for all tests of a file; each begins without bills. */
export type PortalUnderTest = {
  knex: Knex;
  portal: Portal;
  /** Names of the permissions that the caller lacks. */
  denied: Set<string>;
  /** The groups of the caller. */
  groups: string[];
  /** Audit events, as they were begun and as they ended. */
  audited: AuditEvent[];
  /** Of the audit events those of one kind: imports leave theirs too. */
  auditedAs: (eventId: string) => AuditEvent[];
};

/** What the portal knows before there are bills. */
const kept = ['entities', 'entity_keys', 'group_tree', 'signal_rules'];

/** Gives the tests of a file a portal. */
export function usePortal(entities: Entity[] = []): PortalUnderTest {
  // Loaded machines are slow, and slow is not wrong.
  jest.setTimeout(120_000);
  const databases = useDatabases();
  const audited: AuditEvent[] = [];
  const under = {
    denied: new Set<string>(),
    groups: [] as string[],
    audited,
    auditedAs: eventId => audited.filter(event => event.eventId === eventId),
  } as PortalUnderTest;
  beforeAll(async () => {
    under.knex = await databases.init();
    under.portal = await startPortal({ ...under, entities });
  });
  afterEach(async () => {
    under.denied.clear();
    under.groups.length = 0;
    under.audited.length = 0;
    await emptied(under.knex, { but: kept });
  });
  return under;
}

/** A sum of US dollars as totals have it. */
export const usd = (amount: string) => [{ currency: 'USD', amount }];
