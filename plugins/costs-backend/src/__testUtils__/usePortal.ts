import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { migratedDatabase } from './database';
import { startPortal, type Portal } from './portal';

/** A portal for all tests of a file; each begins without bills. */
export type PortalUnderTest = {
  knex: Knex;
  portal: Portal;
  /** Names of the permissions that the caller lacks. */
  denied: Set<string>;
  /** The groups of the caller. */
  groups: string[];
  /** Audit events, as they were begun and as they ended. */
  audited: object[];
};

const tables = [
  'anomalies',
  'budget_notices',
  'budgets',
  'exchange_rates',
  'recommendations',
  'unit_values',
  'units',
  'imports',
  'bills',
  'bill_totals',
  'items',
  'charges',
  'allocations',
  'shares',
  'spend',
  'rule_sets',
  'reallocations',
  'watched_files',
  'next_bills',
  'next_allocations',
  'next_shares',
  'spend_months',
  'next_spend',
  'next_spend_months',
];

/** Gives the tests of a file a portal. */
export function usePortal(entities: Entity[] = []): PortalUnderTest {
  // Loaded machines are slow, and slow is not wrong.
  jest.setTimeout(120_000);
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const under = {
    denied: new Set<string>(),
    groups: [] as string[],
    audited: [] as object[],
  } as PortalUnderTest;
  beforeAll(async () => {
    under.knex = await migratedDatabase(databases);
    under.portal = await startPortal({ ...under, entities });
  });
  afterEach(async () => {
    under.denied.clear();
    under.groups.length = 0;
    under.audited.length = 0;
    await under.knex.raw(`truncate ${tables.join(', ')}`);
  });
  return under;
}

/** A sum of US dollars as totals have it. */
export const usd = (amount: string) => [{ currency: 'USD', amount }];
