import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  packRelease,
  renderRelease,
  type Release,
} from '@waymark/plugin-golden-paths-node';
import {
  LocalRepositoryHost,
  runGit,
  type RepositoryHost,
} from '@waymark/plugin-repositories-node';
import { emptied } from '@waymark/plugin-testing-node';
import type { Knex } from 'knex';
import { DefaultAdoptions } from '../adoptions/DefaultAdoptions';
import { CampaignStore } from '../campaigns/CampaignStore';
import { DefaultCampaigns } from '../campaigns/DefaultCampaigns';
import { DefaultExceptions } from '../exceptions/DefaultExceptions';
import { CoverageStore } from '../fleet/CoverageStore';
import { FirstDeploymentStore } from '../fleet/FirstDeploymentStore';
import { ExceptionStore } from '../fleet/ExceptionStore';
import { DefaultFleet } from '../fleet/DefaultFleet';
import { FleetReader } from '../fleet/FleetReader';
import { ServiceStore } from '../fleet/ServiceStore';
import { Releases } from '../releases/Releases';
import { ReleaseStore } from '../releases/ReleaseStore';
import { DefaultUpgrades } from '../upgrades/DefaultUpgrades';
import { Merger } from '../upgrades/Merger';
import { UpgradeStore } from '../upgrades/UpgradeStore';
import { UpgradeWorker } from '../upgrades/UpgradeWorker';
import { useDatabases } from './databases';

export const caller = {
  credentials: mockCredentials.user('user:default/amara'),
};
export const template = 'template:default/paper';
const author = { name: 'Waymark', email: 'waymark@larkspur.example' };
const baseUrl = 'http://localhost:7007';
const portalUrl = baseUrl;
const logger = mockServices.rootLogger.mock({
  child: () => mockServices.logger.mock(),
});

/** A release of a template whose files need no rendering. */
export function releaseOf(
  version: string,
  files: Record<string, string>,
): Release {
  return {
    template,
    version,
    layers: [],
    constants: {},
    answers: { name: { kind: 'form', field: 'name' } },
    migrations: [],
    changelog: `## ${version}\n\n- News of ${version}.\n`,
    skeleton: Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(content),
      executable: false,
    })),
  };
}

/** A fleet of real repositories, with a real database, below a catalog in memory. */
export class FleetBench {
  readonly kept = createMockDirectory();
  readonly #workspace = createMockDirectory();
  readonly entities: Entity[] = [];
  readonly #databases = useDatabases();
  #knex: Knex | undefined;

  /** Empties everything; all tests of a file have the same database. */
  async begin(): Promise<void> {
    this.#knex ??= await this.#databases.init();
    this.kept.clear();
    this.entities.length = 0;
    await emptied(this.knex);
  }

  get knex(): Knex {
    if (!this.#knex) throw new Error('begin() first');
    return this.#knex;
  }

  host(): Promise<LocalRepositoryHost> {
    return LocalRepositoryHost.create({
      settings: {
        host: 'local',
        directory: this.kept.path,
        baseUrl,
        anonymousClone: false,
      },
      logger,
    });
  }

  /** The catalog has the template at this version, and the portal keeps it. */
  async publish(release: Release): Promise<void> {
    const store = new ReleaseStore(this.knex);
    await store.add({
      template: release.template,
      version: release.version,
      ...packRelease(release),
    });
    await store.putTemplates([
      {
        template: release.template,
        title: 'Paper',
        current: release.version,
        deprecated_on: null,
        replaced_by: null,
        problem: null,
      },
    ]);
  }

  /** A service of the catalog, made by a template or by hand. */
  async scaffold(
    name: string,
    release?: Release,
    owner = 'group:default/ledger',
  ): Promise<void> {
    this.entities.push({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        etag: 'first',
        annotations: {
          'backstage.io/managed-by-location': `url:${baseUrl}/api/repositories/${name}/raw/main/catalog-info.yaml`,
          ...(release && {
            'waymark.io/template': 'paper',
            'waymark.io/template-version': release.version,
          }),
        },
      },
      spec: { type: 'service', owner, lifecycle: 'production' },
      relations: [{ type: 'ownedBy', targetRef: owner }],
    });
    if (!release) return;
    const files = renderRelease(release, {
      recorded: { name },
      portalUrl,
    });
    await this.create(name, {
      'catalog-info.yaml': `kind: Component\nmetadata:\n  name: ${name}\nspec:\n  owner: ${owner}\n`,
      ...Object.fromEntries(files.map(({ path, content }) => [path, content])),
    });
  }

  /** A repository with these files. */
  async create(
    name: string,
    files: Record<string, string | Buffer>,
  ): Promise<void> {
    this.#workspace.clear();
    this.#workspace.setContent(files);
    const host = await this.host();
    await host.publish({
      name,
      description: name,
      directory: this.#workspace.path,
      defaultBranch: 'main',
      commitMessage: `Create ${name}`,
      author,
      taskId: name,
    });
  }

  /** What a person commits to `main`. */
  async edit(name: string, path: string, content: string): Promise<void> {
    await this.#commit(name, [
      `M 100644 inline ${path}`,
      `data ${Buffer.byteLength(content)}`,
      content,
    ]);
  }

  /** A file that a person removes from `main`. */
  async remove(name: string, path: string): Promise<void> {
    await this.#commit(name, [`D ${path}`]);
  }

  async #commit(name: string, changes: string[]): Promise<void> {
    const parent = await this.git(name, 'rev-parse', 'main');
    await runGit(['fast-import', '--quiet'], {
      repository: this.kept.resolve(`${name}.git`),
      input: [
        'commit refs/heads/main',
        'committer Amara <amara@larkspur.example> 1800000000 +0000',
        'data 4',
        'Edit',
        `from ${parent}`,
        ...changes,
        '',
      ].join('\n'),
    });
  }

  async git(name: string, ...args: string[]): Promise<string> {
    const said = await runGit(args, {
      repository: this.kept.resolve(`${name}.git`),
    });
    return said.toString('utf8').trim();
  }

  /** The services over all of it, as the plugin wires them. */
  async open(
    options: { around?: (host: RepositoryHost) => RepositoryHost } = {},
  ) {
    const { knex } = this;
    const local = await this.host();
    const host = options.around?.(local) ?? local;
    const catalog = catalogServiceMock({ entities: this.entities });
    const auth = mockServices.auth();
    const releases = Releases.create({
      catalog,
      auth,
      source: { readFolderOf: () => Promise.reject(new Error('not read')) },
      layers: { read: () => Promise.reject(new Error('not read')) },
      store: new ReleaseStore(knex),
      logger,
    });
    const services = new ServiceStore(knex);
    const exceptionStore = new ExceptionStore(knex);
    const reader = FleetReader.create({
      catalog,
      auth,
      host,
      store: services,
      logger,
    });
    const firstDeployments = new FirstDeploymentStore(knex);
    const fleet = DefaultFleet.create({
      store: services,
      coverage: new CoverageStore(knex),
      deployments: firstDeployments,
      exceptions: exceptionStore,
      releases,
      host,
    });
    const queue = new UpgradeStore(knex);
    const campaignStore = new CampaignStore(knex);
    const campaigns = DefaultCampaigns.create({
      store: campaignStore,
      releases,
      services,
      exceptions: exceptionStore,
      onChanged: () => undefined,
    });
    const worker = UpgradeWorker.create({
      host,
      store: queue,
      releases,
      author,
      portalUrl,
      mergesClean: upgrade => campaignStore.mergesClean(upgrade),
      async onEnded({ entity_ref: entityRef }) {
        await campaignStore.endFinished();
        const service = await services.find(entityRef);
        if (service) await reader.read(service);
      },
      logger,
    });
    const merger = new Merger({ host, store: queue, services, reader });
    const upgrades = DefaultUpgrades.create({
      fleet,
      releases,
      store: queue,
      merger,
      host,
      author,
      portalUrl,
      onAdded: () => undefined,
    });
    const adoptions = DefaultAdoptions.create({
      catalog,
      releases,
      store: queue,
      host,
      author,
      portalUrl,
    });
    const exceptions = DefaultExceptions.create({
      store: exceptionStore,
      services,
      onChanged: () => campaignStore.letOff(),
    });
    return {
      reader,
      fleet,
      campaigns,
      worker,
      upgrades,
      adoptions,
      services,
      queue,
      exceptions,
      exceptionStore,
      firstDeployments,
      releases,
    };
  }
}
