import { InputError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { callerName } from '@waymark/plugin-authorization-node';
import type { DoraSettings } from '../config';
import { CorrectionStore } from '../facts/CorrectionStore';
import type { Environments } from '../facts/Environments';
import type { Caller } from './MetricsService';
import { readPeriod, requireTimeZone } from './period';
import { RecordReader } from './RecordReader';
import type {
  DeploymentQuery,
  IncidentQuery,
  ListQuery,
  RecordsService,
} from './RecordsService';
import type { ScopeFinder } from './ScopeFinder';

/** Reads the records, and writes down what people set right. */
export class DefaultRecordsService implements RecordsService {
  readonly #knex: Knex;
  readonly #settings: DoraSettings;
  readonly #environments: Environments;
  readonly #scopes: ScopeFinder;
  readonly #reader: RecordReader;
  readonly #corrections: CorrectionStore;
  readonly #recalculate: (serviceIds: number[]) => Promise<void>;

  private constructor(options: RecordsServiceOptions) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#environments = options.environments;
    this.#scopes = options.scopes;
    this.#reader = new RecordReader(options.knex);
    this.#corrections = new CorrectionStore(options.knex);
    this.#recalculate = options.recalculate;
  }

  /** @param options.recalculate - computes what a correction concerns, so that the answer shows it */
  static create(options: RecordsServiceOptions): DefaultRecordsService {
    return new DefaultRecordsService(options);
  }

  async environments() {
    const names = (await this.#environments.list()).map(({ name }) => name);
    const first = names.filter(name => name === 'production');
    return { items: [...new Set([...first, ...names])] };
  }

  async deployments(query: DeploymentQuery, caller: Caller) {
    const environment = query.environment
      ? await this.#environments.find(query.environment)
      : undefined;
    // Nothing was ever deployed to an environment that nobody knows.
    if (query.environment && environment === undefined) {
      return { items: [], total: 0 };
    }
    return this.#reader.deployments({
      ...(await this.#listed(query, caller)),
      environment,
      outcome: query.outcome,
    });
  }

  async deployment(id: string) {
    return this.#reader.deployment(id);
  }

  async correctDeployment(
    id: string,
    { failed, reason }: { failed: boolean | null; reason: string },
    caller: Caller,
  ) {
    await this.#reader.deployment(id);
    const concerned = await this.#corrections.put({
      deployment: id,
      failed: failed ?? undefined,
      reason,
      by: callerName(caller.credentials),
    });
    await this.#recalculate(concerned);
    return this.#reader.deployment(id);
  }

  async incidents(query: IncidentQuery, caller: Caller) {
    return this.#reader.incidents({
      ...(await this.#listed(query, caller)),
      state: query.state,
    });
  }

  async correctIncident(
    id: string,
    {
      cause,
      reason,
    }: { cause: { deployment: string } | null | 'automatic'; reason: string },
    caller: Caller,
  ) {
    await this.#reader.incident(id);
    if (cause !== null && cause !== 'automatic') {
      await this.#requireDeployment(cause.deployment);
    }
    const concerned = await this.#corrections.put({
      incident: id,
      cause: cause === 'automatic' ? undefined : cause?.deployment ?? null,
      reason,
      by: callerName(caller.credentials),
    });
    await this.#recalculate(concerned);
    return this.#reader.incident(id);
  }

  async corrections(query: ListQuery, caller: Caller) {
    return this.#reader.corrections(await this.#listed(query, caller));
  }

  async #requireDeployment(id: string): Promise<void> {
    try {
      await this.#reader.deployment(id);
    } catch (error) {
      throw error instanceof NotFoundError
        ? new InputError(`cause: ${error.message}`)
        : error;
    }
  }

  async #listed(query: ListQuery, caller: Caller) {
    const timeZone = requireTimeZone(
      query.timeZone ?? this.#settings.defaults.timeZone,
    );
    return {
      scope: await this.#scopes.find(this.#knex, query, caller),
      period:
        query.from || query.to
          ? readPeriod(query, timeZone, Date.now())
          : undefined,
      limit: query.limit ?? 50,
      offset: query.offset ?? 0,
    };
  }
}

type RecordsServiceOptions = {
  knex: Knex;
  settings: DoraSettings;
  environments: Environments;
  scopes: ScopeFinder;
  recalculate: (serviceIds: number[]) => Promise<void>;
};
