import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Coverage,
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
  renderRelease,
} from '@waymark/plugin-golden-paths-node';
import type { RepositoryHost } from '@waymark/plugin-repositories-node';
import type { Releases, Supports } from '../releases/Releases';
import type { Fleet } from './Fleet';
import type { ExceptionStore } from './ExceptionStore';
import type { CountedServices, ServiceRow, ServiceStore } from './ServiceStore';

/** What share of new services is to begin on a golden path. */
const target = 0.8;

/** Tells of the fleet from what was read of it. */
export class DefaultFleet implements Fleet {
  readonly #store: ServiceStore;
  readonly #exceptions: ExceptionStore;
  readonly #releases: Releases;
  readonly #host: Pick<RepositoryHost, 'open'>;

  private constructor(options: FleetOptions) {
    this.#store = options.store;
    this.#exceptions = options.exceptions;
    this.#releases = options.releases;
    this.#host = options.host;
  }

  static create(options: FleetOptions): DefaultFleet {
    return new DefaultFleet(options);
  }

  async templates(): Promise<GoldenPathTemplate[]> {
    const members = await this.#store.members();
    return this.#releases.list(
      (template, version) =>
        members.filter(
          member => member.template === template && member.version === version,
        ).length,
    );
  }

  async list(query: FleetQuery): Promise<FleetPage> {
    const { support, limit = 50, offset = 0 } = query;
    const members = await this.#described(await this.#store.members(query));
    const found = support
      ? members.filter(member => member.support.state === support)
      : members;
    return { items: found.slice(offset, offset + limit), total: found.length };
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
        files: await readDrift(
          copy,
          release && renderRelease(release, { recorded: record.answers }),
        ),
      };
    } finally {
      await copy.close();
    }
  }

  async summary(): Promise<FleetSummary> {
    const [rows, counted, supports, newest, holding, waiting] =
      await Promise.all([
        this.#store.members(),
        this.#store.coverage(),
        this.#releases.supports(),
        this.#releases.newest(),
        this.#exceptions.holding(),
        this.#exceptions.list({ state: 'pending' }, { limit: 1, offset: 0 }),
      ]);
    const isCurrent = ({ template, version }: ServiceRow) =>
      version !== null && newest.get(template ?? '') === version;
    return {
      repositories: rows.length,
      current: rows.filter(isCurrent).length,
      drifted: rows.filter(({ drift }) => drift && drift.length > 0).length,
      unread: rows.filter(({ problem }) => problem).length,
      versions: versionsOf(rows, supports),
      owners: [...groupBy(rows, ({ owner }) => owner ?? 'nobody')]
        .map(([owner, owned]) => ({
          owner,
          repositories: owned.length,
          current: owned.filter(isCurrent).length,
        }))
        .sort((a, b) => b.repositories - a.repositories),
      coverage: coverageOf(counted.all),
      newCoverage: coverageOf(counted.young),
      exceptions: { holding: holding.length, waiting: waiting.total },
      ...(counted.all.since
        ? { newSince: counted.all.since.toISOString() }
        : {}),
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

  async #described(rows: ServiceRow[]): Promise<Member[]> {
    const [supports, newest, exceptions] = await Promise.all([
      this.#releases.supports(),
      this.#releases.newest(),
      this.#exceptions.versionsHolding(rows.map(row => row.entity_ref)),
    ]);
    return rows.map(row => {
      const { template, version } = row;
      const latest = template && newest.get(template);
      const exception = exceptions.get(row.entity_ref);
      return {
        entityRef: row.entity_ref,
        title: row.title,
        template: template ?? '',
        version: version ?? '',
        support: supports(template ?? '', version ?? ''),
        ...(row.owner ? { owner: row.owner } : {}),
        ...(row.repository ? { repository: row.repository } : {}),
        ...(latest ? { latest } : {}),
        ...(exception
          ? { exception: { id: exception.id, until: exception.until } }
          : {}),
        ...(row.drift ? { drift: row.drift } : {}),
        ...(row.files === null ? {} : { files: row.files }),
        ...(row.problem ? { problem: row.problem } : {}),
        ...(row.read_at ? { readAt: row.read_at.toISOString() } : {}),
      };
    });
  }
}

function versionsOf(
  rows: ServiceRow[],
  supports: Supports,
): FleetSummary['versions'] {
  const groups = groupBy(
    rows,
    ({ template, version }) => `${template} ${version}`,
  );
  return [...groups.values()]
    .map(([{ template, version }, ...others]) => ({
      template: template ?? '',
      version: version ?? '',
      support: supports(template ?? '', version ?? ''),
      repositories: others.length + 1,
    }))
    .sort((a, b) =>
      a.template === b.template
        ? b.version.localeCompare(a.version, 'en', { numeric: true })
        : a.template.localeCompare(b.template),
    );
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Of no services there is no share: that is not zero. */
function coverageOf({ services, covered, exempt }: CountedServices): Coverage {
  return {
    services,
    onGoldenPath: covered,
    exempt,
    target,
    ...(services > 0 ? { share: covered / services } : {}),
  };
}

type FleetOptions = {
  store: ServiceStore;
  exceptions: ExceptionStore;
  releases: Releases;
  host: Pick<RepositoryHost, 'open'>;
};
