import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type {
  ImportReport,
  MetricsAnswer,
  MetricsQuery,
} from '@waymark/plugin-dora-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { DeliverySource } from '@waymark/plugin-dora-node';
import type { Knex } from 'knex';
import { ConclusionSettings } from '../attribution/ConclusionSettings';
import { readDoraSettings, type DoraSettings } from '../config';
import { CatalogMirror } from '../facts/CatalogMirror';
import { CorrectionStore } from '../facts/CorrectionStore';
import { Environments } from '../facts/Environments';
import { FactImport } from '../facts/FactImport';
import { FactStore } from '../facts/FactStore';
import { InboxReader } from '../facts/InboxReader';
import { Locator } from '../facts/Locator';
import { ServiceDirectory } from '../facts/ServiceDirectory';
import { DefaultGoalsService } from '../goals/DefaultGoalsService';
import { GoalWatch } from '../goals/GoalWatch';
import { WeeklyDigest } from '../goals/WeeklyDigest';
import { InboxStore } from '../ingest/InboxStore';
import { SourceRegistry } from '../ingest/SourceRegistry';
import { DefaultMetricsService } from '../metrics/DefaultMetricsService';
import { Pipeline } from '../metrics/Pipeline';
import { Recalculation } from '../metrics/Recalculation';
import { ScopeFinder } from '../metrics/ScopeFinder';

/** From facts to numbers on a real database, one step at a time: nothing happens by itself. */
export class Workbench {
  readonly knex: Knex;
  readonly sources = new SourceRegistry();
  readonly inbox: InboxStore;
  readonly corrections: CorrectionStore;
  readonly recalculation: Recalculation;
  readonly #environments: Environments;
  readonly #directory: ServiceDirectory;
  readonly #locator: Locator;
  readonly conclusionSettings: ConclusionSettings;
  readonly #settings: DoraSettings;
  readonly #pipeline: Pipeline;
  #entities: Entity[] = [];

  /** @param dora - what the configuration says */
  constructor(
    knex: Knex,
    sources: DeliverySource[] = [],
    dora: JsonObject = {},
  ) {
    this.knex = knex;
    this.#settings = readDoraSettings(
      mockServices.rootConfig({ data: { dora } }),
    );
    sources.forEach(source => this.sources.addSource(source));
    this.inbox = new InboxStore(knex);
    this.corrections = new CorrectionStore(knex);
    this.#environments = Environments.create({
      knex,
      aliases: this.#settings.environments,
    });
    this.#directory = ServiceDirectory.create({ knex });
    this.#locator = new Locator({
      directory: this.#directory,
      environments: this.#environments,
    });
    this.conclusionSettings = ConclusionSettings.create({
      knex,
      settings: this.#settings,
      logger: mockServices.logger.mock(),
    });
    this.recalculation = Recalculation.create({
      knex,
      holding: this.conclusionSettings,
      logger: mockServices.logger.mock(),
      settings: async () => ({
        production: await this.#environments.idOf('production'),
        baselineMs: this.#settings.baselineMs,
        incidentWindowMs: this.#settings.incidentWindowMs,
      }),
    });
    this.#pipeline = Pipeline.create({
      inbox: InboxReader.create({
        knex,
        inbox: this.inbox,
        sources: this.sources,
        store: new FactStore(),
        locator: this.#locator,
        logger: mockServices.logger.mock(),
      }),
      recalculation: this.recalculation,
      onChanged: async () => {},
      logger: mockServices.logger.mock(),
    });
  }

  /** The catalog holds these now. */
  async catalogIs(entities: Entity[]): Promise<void> {
    this.#entities = entities;
    await CatalogMirror.create({
      knex: this.knex,
      catalog: catalogServiceMock({ entities }),
      auth: mockServices.auth(),
      directory: this.#directory,
      sources: this.sources,
      logger: mockServices.logger.mock(),
    }).sync();
  }

  /** Imports facts, and what is no object as it is. */
  async import(lines: (object | string)[]): Promise<ImportReport> {
    const body = lines
      .map(line => (typeof line === 'string' ? line : JSON.stringify(line)))
      .join('\n');
    return this.importBytes([Buffer.from(body)]);
  }

  async importBytes(chunks: Iterable<Buffer>): Promise<ImportReport> {
    return FactImport.create({
      knex: this.knex,
      store: new FactStore(),
      locator: this.#locator,
      onStored: () => {},
    }).run(asyncOf(chunks));
  }

  /** Computes everything there is to compute. */
  async drain(): Promise<void> {
    await this.#pipeline.drain();
  }

  async metrics(query: MetricsQuery): Promise<MetricsAnswer> {
    return this.metricsService().metrics(query, {
      credentials: mockCredentials.user(),
    });
  }

  goalsService(): DefaultGoalsService {
    return DefaultGoalsService.create({
      knex: this.knex,
      settings: this.#settings,
      environments: this.#environments,
    });
  }

  /** @param notifications - where those go that it sends */
  goalWatch(notifications: NotificationService): GoalWatch {
    return GoalWatch.create({
      knex: this.knex,
      settings: this.#settings,
      notifications,
      logger: mockServices.logger.mock(),
    });
  }

  /** @param options.config - what is configured below `dora` */
  digest(options: {
    notifications: NotificationService;
    config?: JsonObject;
  }): WeeklyDigest {
    return WeeklyDigest.create({
      knex: this.knex,
      settings: readDoraSettings(
        mockServices.rootConfig({ data: { dora: options.config ?? {} } }),
      ),
      metrics: this.metricsService(),
      goals: this.goalsService(),
      catalog: catalogServiceMock({ entities: this.#entities }),
      auth: mockServices.auth(),
      notifications: options.notifications,
      logger: mockServices.logger.mock(),
    });
  }

  metricsService(): DefaultMetricsService {
    return DefaultMetricsService.create({
      knex: this.knex,
      settings: this.#settings,
      environments: this.#environments,
      scopes: new ScopeFinder({
        catalog: catalogServiceMock({ entities: this.#entities }),
        organisation: 'Larkspur',
      }),
    });
  }
}

async function* asyncOf(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
}
