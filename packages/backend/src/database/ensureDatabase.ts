import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { maintenanceClient } from './maintenance';

/** The database does not exist. */
const noSuchDatabase = '3D000';

/** Another replica made it between our question and our answer. */
const madeByAnother = ['42P04', '23505'];

const codeOf = (error: unknown) => (error as { code?: string }).code;

async function withClient<T>(
  knex: Knex,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

/**
 * Makes the portal's database when it is not there. Needs no right to do so, and
 * does not look at any other database, when it is.
 *
 * @param plugin - any pool of the portal's database; gives address and account
 */
export async function ensureDatabase(
  plugin: Knex,
  options: { database: string; statementMs: number; logger: LoggerService },
): Promise<void> {
  const { database, statementMs, logger } = options;
  try {
    await withClient(maintenanceClient(plugin, { statementMs, logger }), knex =>
      knex.raw('select 1'),
    );
    return;
  } catch (error) {
    if (codeOf(error) !== noSuchDatabase) throw error;
  }
  const administration = maintenanceClient(plugin, {
    statementMs,
    logger,
    database: 'postgres',
  });
  await withClient(administration, async knex => {
    try {
      await knex.raw('create database ??', [database]);
      logger.info(`Made the database "${database}"`);
    } catch (error) {
      if (!madeByAnother.includes(codeOf(error) ?? '')) throw error;
    }
  });
}
