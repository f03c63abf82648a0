import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { withAdvisoryLock } from './advisoryLock';
import type { InTurn } from './InTurn';

const defaultTable = 'knex_migrations';

/**
 * Runs Knex migrations one replica at a time. Holding the advisory lock it knows
 * that a set flag in Knex's own lock table belongs to nobody alive, and frees it.
 */
export class LockedMigrator implements Knex.Migrator {
  readonly #maintenance: Knex;
  readonly #lock: string;
  readonly #logger: LoggerService;
  readonly #turns: InTurn;

  constructor(options: {
    /** Pool that runs the migrations, with room for the lock's own connection. */
    maintenance: Knex;
    /** Name of the advisory lock. */
    lock: string;
    logger: LoggerService;
    turns: InTurn;
  }) {
    this.#maintenance = options.maintenance;
    this.#lock = options.lock;
    this.#logger = options.logger;
    this.#turns = options.turns;
  }

  latest = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.latest(config));

  up = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.up(config));

  down = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.down(config));

  to = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.to(config));

  before = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.before(config));

  rollback = (config?: Knex.MigratorConfig, all?: boolean) =>
    this.#locked(config, migrator => migrator.rollback(config, all));

  status = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.status(config));

  currentVersion = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.currentVersion(config));

  list = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.list(config));

  forceFreeMigrationsLock = (config?: Knex.MigratorConfig) =>
    this.#locked(config, migrator => migrator.forceFreeMigrationsLock(config));

  make = (name: string, config?: Knex.MigratorConfig) =>
    this.#maintenance.migrate.make(name, config);

  #locked<T>(
    config: Knex.MigratorConfig | undefined,
    work: (migrator: Knex.Migrator) => Promise<T>,
  ): Promise<T> {
    return this.#turns.take(() =>
      withAdvisoryLock(
        this.#maintenance,
        this.#lock,
        this.#logger,
        async () => {
          await this.#freeLeftover(config);
          return work(this.#maintenance.migrate);
        },
      ),
    );
  }

  async #freeLeftover(config: Knex.MigratorConfig = {}): Promise<void> {
    const table = `${config.tableName ?? defaultTable}_lock`;
    const knex = this.#maintenance;
    const schema = config.schemaName
      ? knex.schema.withSchema(config.schemaName)
      : knex.schema;
    if (!(await schema.hasTable(table))) return;
    const held = knex(table).where({ is_locked: 1 });
    if (config.schemaName) held.withSchema(config.schemaName);
    const freed = await held.update({ is_locked: 0 });
    if (freed) {
      this.#logger.warn(
        `Freed the migration lock ${table}, left behind by a process that ended while it migrated`,
      );
    }
  }
}
