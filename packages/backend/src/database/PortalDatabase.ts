import { DatabaseManager } from '@backstage/backend-defaults/database';
import type {
  DatabaseService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ForwardedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { withAdvisoryLock } from './advisoryLock';
import { databaseMonitor, type DatabaseAddress } from './DatabaseMonitor';
import { ensureDatabase } from './ensureDatabase';
import { guardConnections } from './guardConnections';
import { InTurn } from './InTurn';
import { LockedMigrator } from './LockedMigrator';
import { maintenanceClient } from './maintenance';
import { managerConfig, monitorId } from './managerConfig';
import { repeatDeadlocks } from './repeatDeadlocks';
import { readDatabaseSettings, type DatabaseSettings } from './settings';

type PluginDeps = { logger: LoggerService; lifecycle: LifecycleService };

type Options = {
  config: RootConfigService;
  logger: LoggerService;
  lifecycle: RootLifecycleService;
};

/**
 * The one database of all plugins, behind Backstage's DatabaseManager: safe to
 * start with any number of replicas, and with an end to every wait.
 */
export class PortalDatabase {
  readonly #manager: DatabaseManager;
  readonly #settings: DatabaseSettings;
  readonly #logger: LoggerService;
  readonly #deps: PluginDeps;
  readonly #mayCreate: { database: boolean; schema: boolean };
  readonly #connection: Config;
  readonly #schemaPrefix: string;
  readonly #clients = new Map<string, Promise<Knex>>();
  // One plugin at a time, so that a start needs few connections.
  readonly #turns = new InTurn();
  readonly #maintenance: Knex[] = [];
  #ensured: Promise<void> | undefined;

  static create(options: Options): PortalDatabase {
    return new PortalDatabase(options);
  }

  private constructor({ config, logger, lifecycle }: Options) {
    const given = config.getConfig('backend.database');
    const database = given.getOptionalBoolean('ensureExists') ?? true;
    this.#settings = readDatabaseSettings(config);
    this.#logger = logger;
    this.#deps = { logger, lifecycle };
    lifecycle.addShutdownHook(() => this.#close());
    this.#schemaPrefix = given.getOptionalString('schemaPrefix') ?? '';
    this.#mayCreate = {
      database,
      schema: given.getOptionalBoolean('ensureSchemaExists') ?? database,
    };
    const managed = managerConfig(config, this.#settings);
    this.#connection = managed.getConfig('backend.database.connection');
    this.#manager = DatabaseManager.fromConfig(managed, {
      rootLifecycle: lifecycle,
      rootLogger: logger,
    });
  }

  /** Where the server listens, when that is a plain address. */
  get address(): DatabaseAddress {
    return {
      host: this.#connection.getOptionalString('host'),
      port: this.#connection.getOptionalNumber('port'),
    };
  }

  /** Asks the database for a sign of life, on a connection of its own. */
  readonly probe = async (): Promise<void> => {
    await (await this.#monitorClient()).raw('select 1');
  };

  /** Settles when the database exists. */
  ready(): Promise<void> {
    this.#ensured ??= this.#ensure().catch(error => {
      this.#ensured = undefined;
      throw error;
    });
    return this.#ensured;
  }

  /** The database service of one plugin, in a schema of its own. */
  forPlugin(pluginId: string, deps: PluginDeps): DatabaseService {
    const service = this.#manager.forPlugin(pluginId, deps);
    return {
      migrations: service.migrations,
      getClient: () => {
        const known = this.#clients.get(pluginId);
        if (known) return known;
        const client = this.#open(pluginId, service, deps.logger);
        this.#clients.set(pluginId, client);
        client.catch(() => this.#clients.delete(pluginId));
        return client;
      },
    };
  }

  async #open(
    pluginId: string,
    service: DatabaseService,
    logger: LoggerService,
  ): Promise<Knex> {
    await this.ready();
    const client = await service.getClient();
    guardConnections(client, () => databaseMonitor.reportTrouble());
    repeatDeadlocks(client, logger);
    const maintenance = maintenanceClient(client, {
      statementMs: this.#settings.migrationMs,
      logger,
    });
    this.#maintenance.push(maintenance);
    const schema = `${this.#schemaPrefix}${pluginId}`;
    const lock = `waymark migrations of ${schema}`;
    const turns = this.#turns;
    if (this.#mayCreate.schema) {
      await turns.take(() =>
        withAdvisoryLock(maintenance, lock, logger, () =>
          maintenance.schema.createSchemaIfNotExists(schema),
        ),
      );
    }
    const migrator = new LockedMigrator({ maintenance, lock, logger, turns });
    Object.defineProperty(client, 'migrate', { get: () => migrator });
    return client;
  }

  async #close(): Promise<void> {
    // A pool that is closed under a migration would wait for it, and it for the pool.
    await this.#turns.close();
    await Promise.all(this.#maintenance.map(knex => knex.destroy()));
  }

  async #ensure(): Promise<void> {
    if (!this.#mayCreate.database) return;
    const client = await this.#monitorClient();
    const database = this.#connection.getString('database');
    try {
      await ensureDatabase(client, {
        database,
        statementMs: this.#settings.migrationMs,
        logger: this.#logger,
      });
    } catch (error) {
      throw new ForwardedError(
        `The database "${database}" could not be reached or made; check backend.database.connection`,
        error,
      );
    }
  }

  #monitorClient(): Promise<Knex> {
    return this.#manager.forPlugin(monitorId, this.#deps).getClient();
  }
}
