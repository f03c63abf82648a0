import { InputError, NotFoundError } from '@backstage/errors';
import type {
  CountedServicePage,
  CountedServicesQuery,
  Drift,
  FleetPage,
  FleetQuery,
  FleetSummary,
  GoldenPathTemplate,
  Member,
} from '@waymark/plugin-golden-paths-common';
import {
  readDrift,
  readRecord,
  renderAgain,
} from '@waymark/plugin-golden-paths-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { Releases } from '../releases/Releases';
import type { Fleet } from './Fleet';
import type { ExceptionStore } from './ExceptionStore';
import type { CoverageStore } from './CoverageStore';
import { describeCounted, describeMember } from './descriptions';
import type { FirstDeploymentStore } from './FirstDeploymentStore';
import type { ServiceRow, ServiceStore, VersionFilter } from './ServiceStore';
import { summarise } from './summarise';

/** Tells of the fleet from what was read of it. */
export class DefaultFleet implements Fleet {
  readonly #store: ServiceStore;
  readonly #coverage: CoverageStore;
  readonly #deployments: FirstDeploymentStore;
  readonly #exceptions: ExceptionStore;
  readonly #releases: Releases;
  readonly #host: Pick<RepositoryHost, 'open'>;

  private constructor(options: FleetOptions) {
    this.#store = options.store;
    this.#coverage = options.coverage;
    this.#deployments = options.deployments;
    this.#exceptions = options.exceptions;
    this.#releases = options.releases;
    this.#host = options.host;
  }

  static create(options: FleetOptions): DefaultFleet {
    return new DefaultFleet(options);
  }

  async templates(): Promise<GoldenPathTemplate[]> {
    const groups = await this.#store.groups();
    return this.#releases.list((template, version) =>
      groups
        .filter(
          group => group.template === template && group.version === version,
        )
        .reduce((total, { repositories }) => total + repositories, 0),
    );
  }

  async list(query: FleetQuery): Promise<FleetPage> {
    const { support, newest, limit = 50, offset = 0, ...filter } = query;
    const { items, total } = await this.#store.page(
      {
        ...filter,
        versions: [
          ...(await this.#supported(support)),
          ...(await this.#newest(newest)),
        ],
      },
      { limit, offset },
    );
    return { items: await this.#described(items), total };
  }

  async services(query: CountedServicesQuery): Promise<CountedServicePage> {
    const { limit = 50, offset = 0, ...filter } = query;
    const { items, total } = await this.#coverage.list(filter, {
      limit,
      offset,
    });
    return { items: items.map(describeCounted), total };
  }

  async find(entityRef: string): Promise<Member> {
    const [member] = await this.#described([await this.require(entityRef)]);
    return member;
  }

  async drift(entityRef: string): Promise<Drift> {
    const { repository, problem } = await this.require(entityRef);
    if (!repository) {
      throw new InputError(problem ?? `${entityRef} is not read yet`);
    }
    const copy = await this.#host.open(repository);
    try {
      const record = await readRecord(copy);
      const release = await this.#releases.find(
        record.template,
        record.version,
      );
      return {
        files: await readDrift(copy, release && renderAgain(release, record)),
      };
    } finally {
      await copy.close();
    }
  }

  async summary(): Promise<FleetSummary> {
    const [groups, coverage, deployments, supports, newest, holding, waiting] =
      await Promise.all([
        this.#store.groups(),
        this.#coverage.counts(),
        this.#deployments.summary(),
        this.#releases.supports(),
        this.#releases.newest(),
        this.#exceptions.holding(),
        this.#exceptions.list({ state: 'pending' }, { limit: 1, offset: 0 }),
      ]);
    return {
      ...summarise({ groups, coverage, supports, newest }),
      firstDeployments: deployments,
      exceptions: { holding: holding.length, waiting: waiting.total },
    };
  }

  /** @throws NotFoundError when it is on no golden path */
  async require(entityRef: string): Promise<ServiceRow> {
    const row = await this.#store.find(entityRef);
    if (!row?.template) {
      throw new NotFoundError(
        `${entityRef} is on no golden path that the portal knows of; one that was just made is known within a minute`,
      );
    }
    return row;
  }

  /** A version of which the portal knows nothing is every other one. */
  async #supported(support: FleetQuery['support']): Promise<VersionFilter[]> {
    if (!support) return [];
    const known = await this.#releases.known();
    const oneOf = known.filter(({ support: { state } }) => state === support);
    return support === 'unknown'
      ? [{ noneOf: known.filter(version => !oneOf.includes(version)) }]
      : [{ oneOf }];
  }

  async #newest(isNewest: FleetQuery['newest']): Promise<VersionFilter[]> {
    if (isNewest === undefined) return [];
    const newest = [...(await this.#releases.newest())].map(
      ([template, version]) => ({ template, version }),
    );
    return [isNewest ? { oneOf: newest } : { noneOf: newest }];
  }

  async #described(rows: ServiceRow[]): Promise<Member[]> {
    const [supports, newest, exceptions] = await Promise.all([
      this.#releases.supports(),
      this.#releases.newest(),
      this.#exceptions.versionsHolding(rows.map(row => row.entity_ref)),
    ]);
    return rows.map(row =>
      describeMember(row, {
        support: supports(row.template ?? '', row.version ?? ''),
        latest: newest.get(row.template ?? ''),
        exception: exceptions.get(row.entity_ref),
      }),
    );
  }
}

type FleetOptions = {
  store: ServiceStore;
  coverage: CoverageStore;
  deployments: FirstDeploymentStore;
  exceptions: ExceptionStore;
  releases: Releases;
  host: Pick<RepositoryHost, 'open'>;
};
