import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { Allocator } from '../allocation/Allocator';
import { CatalogMirror } from '../allocation/CatalogMirror';
import { RuleStore } from '../allocation/RuleStore';
import { StaleBills } from '../allocation/StaleBills';
import { said } from './entities';

/** Has what the catalog says known, and bills allocated by it. */
export async function catalogSays(knex: Knex, now: Entity[]): Promise<void> {
  await new CatalogMirror({
    knex,
    auth: mockServices.auth(),
    catalog: said(now),
  }).sync();
  await new StaleBills({
    knex,
    rules: new RuleStore(),
    allocator: new Allocator(),
    logger: mockServices.logger.mock(),
  }).freshen();
}
